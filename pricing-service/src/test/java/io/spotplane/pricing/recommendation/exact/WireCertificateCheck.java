package io.spotplane.pricing.recommendation.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a certificate as it is answered and has it checked, as a user would who trusts nobody. */
public final class WireCertificateCheck {

    private WireCertificateCheck() {}

    /** The least that any plan can cost, as far as the certificate proves it; null when it proves that there is none. */
    public static @Nullable BigInteger leastCost(JsonNode certificate) {
        var columns = certificate.path("columns");
        var rows = new ArrayList<Row>();
        certificate
                .path("rows")
                .forEach(row -> rows.add(new Row(
                        row.path("name").asString(),
                        Row.Sense.valueOf(row.path("sense").asString()),
                        row.path("bound").asLong(),
                        ints(row.path("columns")),
                        longs(row.path("coefficients")))));
        var program = new IntegerProgram(
                columns.valueStream()
                        .mapToLong(column -> column.path("objective").asLong())
                        .toArray(),
                columns.valueStream()
                        .mapToInt(column -> column.path("upper").asInt())
                        .toArray(),
                rows);
        checkPlan(certificate, program);
        return CertificateCheck.leastCost(program, certificate(certificate, program));
    }

    private static void checkPlan(JsonNode certificate, IntegerProgram program) {
        if (certificate.has("objective")) {
            var x = certificate
                    .path("columns")
                    .valueStream()
                    .mapToInt(column -> column.path("nodes").asInt())
                    .toArray();
            assertThat(program.rows()).allMatch(row -> row.holds(x));
            assertThat(program.cost(x)).isEqualTo(certificate.path("objective").asLong());
        }
    }

    private static Solution.Certificate certificate(JsonNode json, IntegerProgram program) {
        List<List<Reduction.Dominated>> rounds = json.path("leftOut")
                .valueStream()
                .map(round -> round.valueStream()
                        .map(left -> new Reduction.Dominated(left.path("column").asInt(), ints(left.path("by"))))
                        .toList())
                .toList();
        var sums =
                json.path("sums").valueStream().map(WireCertificateCheck::ints).toList();
        var cuts = json.path("cuts").valueStream().toList();
        var named = new ArrayList<>(program.rows());
        sums.forEach(
                sum -> named.add(named("sum " + (named.size() - program.rows().size() + 1))));
        cuts.forEach(cut -> named.add(named(cut.path("name").asString())));
        var names = named.stream().map(Row::name).toList();
        var proof =
                json.path("proof").valueStream().map(step -> step(step, names)).toList();
        return new Solution.Certificate(
                rounds,
                ints(json.path("kept")),
                sums,
                cuts.stream().map(cut -> cut(cut, names)).toList(),
                program.rows(named),
                proof);
    }

    /** The check derives sums and cuts by itself, and needs their names only. */
    private static Row named(String name) {
        return new Row(name, Row.Sense.AT_LEAST, 0, new int[0], new long[0]);
    }

    private static Cut cut(JsonNode cut, List<String> names) {
        return new Cut(
                places(cut.path("rows"), names),
                numbers(cut.path("multipliers")),
                cut.path("divisor").asLong(),
                ints(cut.path("fromAbove")));
    }

    private static Proof step(JsonNode step, List<String> names) {
        return switch (step.path("step").asString()) {
            case "BRANCH" ->
                new Proof.Branch(step.path("column").asInt(), step.path("most").asInt());
            case "BOUNDED" -> new Proof.Bounded(multipliers(step, names));
            case "EMPTY" -> new Proof.Empty(multipliers(step, names));
            default -> throw new IllegalStateException("no rule was asked for: " + step);
        };
    }

    private static Multipliers multipliers(JsonNode step, List<String> names) {
        return new Multipliers(
                step.path("scale").asInt(), places(step.path("rows"), names), numbers(step.path("multipliers")));
    }

    private static int[] places(JsonNode rows, List<String> names) {
        return rows.valueStream()
                .mapToInt(name -> names.indexOf(name.asString()))
                .toArray();
    }

    private static long[] numbers(JsonNode texts) {
        return texts.valueStream()
                .mapToLong(value -> Long.parseLong(value.asString()))
                .toArray();
    }

    private static int[] ints(JsonNode values) {
        return values.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    private static long[] longs(JsonNode values) {
        return values.valueStream().mapToLong(JsonNode::asLong).toArray();
    }
}
