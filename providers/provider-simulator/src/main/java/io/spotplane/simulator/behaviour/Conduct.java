package io.spotplane.simulator.behaviour;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a protocol shall behave during one call, as far as only the protocol itself can do it. */
public final class Conduct {

    private final Rules rules;
    private final Call call;
    private final @Nullable Behaviour behaviour;
    private final int use;

    /** @param use how often the rule behind {@code behaviour} has been used, this call included */
    Conduct(Rules rules, Call call, @Nullable Behaviour behaviour, int use) {
        this.rules = rules;
        this.call = call;
        this.behaviour = behaviour;
        this.use = use;
    }

    /** Tell yesterday's prices this time; the first flap does. */
    public boolean yesterday() {
        return behaviour == Behaviour.FLAP && use % 2 == 1;
    }

    /** Confirm, but do nothing. */
    public boolean silent() {
        return behaviour == Behaviour.SILENT;
    }

    /** The part of a list that is to be told. */
    public <T> List<T> listed(List<T> items) {
        return switch (behaviour) {
            case EMPTY_LIST -> List.of();
            case SHORT_LIST -> items.subList(0, items.size() / 2);
            case null, default -> items;
        };
    }

    /** Whether a rule says that this pool has nothing left; more precise attributes replace those of the call. */
    public boolean soldOut(Map<String, String> pool) {
        var attributes = new HashMap<>(call.attributes());
        attributes.putAll(pool);
        return rules.claimSoldOut(new Call(call.provider(), call.operations(), attributes));
    }
}
