package io.spotplane.pricing.recommendation;

import io.spotplane.contracts.problem.Problem.FieldError;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with the fields of a request; absent fields are never wrong here. */
final class RequestFaults {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9 ._/-]{1,64}");
    private static final BigDecimal MOST_MONEY = new BigDecimal("1000000000");
    private static final int MOST_PLACES = 6;

    private final String currency;
    private final List<FieldError> found = new ArrayList<>();

    RequestFaults(String currency) {
        this.currency = currency;
    }

    List<FieldError> all() {
        return List.copyOf(found);
    }

    void refuse(boolean wrong, String pointer, String code, String message) {
        if (wrong) {
            found.add(new FieldError(pointer, code, message));
        }
    }

    void range(String pointer, @Nullable Number value, long least, long most) {
        refuse(
                value != null && (value.longValue() < least || value.longValue() > most),
                pointer,
                "OUT_OF_RANGE",
                "is " + value + ", expected " + least + " to " + most);
    }

    void decimal(String pointer, @Nullable BigDecimal value, BigDecimal least, BigDecimal most) {
        if (value == null) {
            return;
        }
        refuse(
                value.compareTo(least) < 0 || value.compareTo(most) > 0,
                pointer,
                "OUT_OF_RANGE",
                "expected " + least + " to " + most);
        refuse(
                value.stripTrailingZeros().scale() > MOST_PLACES,
                pointer,
                "INVALID_VALUE",
                "expected at most " + MOST_PLACES + " decimal places");
    }

    void duration(String pointer, @Nullable Duration value, Duration least, Duration most) {
        refuse(
                value != null && (value.compareTo(least) < 0 || value.compareTo(most) > 0),
                pointer,
                "OUT_OF_RANGE",
                "is " + value + ", expected " + least + " to " + most);
    }

    void price(String pointer, @Nullable HourlyPrice price) {
        money(pointer, price == null ? null : price.forOneHour());
    }

    void money(String pointer, @Nullable Money money) {
        if (money == null) {
            return;
        }
        refuse(
                !money.currency().equals(currency),
                pointer + "/currency",
                "INVALID_VALUE",
                "is " + money.currency() + ", expected " + currency);
        refuse(
                money.amount().signum() == 0 || money.amount().compareTo(MOST_MONEY) > 0,
                pointer + "/amount",
                "OUT_OF_RANGE",
                "is " + money.amount().toPlainString() + ", expected more than 0 and at most " + MOST_MONEY);
    }

    void names(String pointer, @Nullable List<String> names, int most) {
        values(pointer, names);
        if (names == null) {
            return;
        }
        refuse(names.size() > most, pointer, "OUT_OF_RANGE", "has " + names.size() + ", expected at most " + most);
        for (int at = 0; at < names.size(); at++) {
            var name = names.get(at);
            refuse(
                    name != null && !NAME.matcher(name).matches(),
                    pointer + "/" + at,
                    "INVALID_VALUE",
                    "expected 1 to 64 letters, digits, spaces, dots, slashes, dashes");
        }
    }

    /** Lists have neither holes nor repetitions. */
    void values(String pointer, @Nullable List<?> values) {
        var seen = new HashSet<>();
        for (int at = 0; values != null && at < values.size(); at++) {
            Object value = values.get(at);
            refuse(value == null, pointer + "/" + at, "REQUIRED", "is null");
            refuse(value != null && !seen.add(value), pointer + "/" + at, "INVALID_VALUE", "stands there twice");
        }
    }
}
