package io.spotplane.provisioning.request;

import io.spotplane.contracts.event.CapacityRequestSubmitted;
import io.spotplane.contracts.event.CapacityRequestSubmitted.WantedGpu;
import io.spotplane.contracts.event.CapacityRequestSubmitted.WantedNode;
import io.spotplane.contracts.problem.Problem.FieldError;
import io.spotplane.contracts.vocabulary.GpuModels;
import io.spotplane.contracts.vocabulary.RequestKind;
import io.spotplane.provisioning.holding.Wanted;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks a submission in full and turns it into what is wanted. Nothing is assumed valid, and everything wrong is named at once. */
final class Admission {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}");
    private static final Pattern IMAGE = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final int MAX_MEMORY_GIB = 1024;
    private static final int MAX_VCPU = 1024;
    private static final long MAX_MEMORY_MIB = 32L * 1024 * 1024;
    private static final int MAX_LIST = 50;

    private final RequestLimits limits;
    private final Set<String> providers;

    Admission(RequestLimits limits, Set<String> providers) {
        this.limits = limits;
        this.providers = Set.copyOf(providers);
    }

    /** Admitted with everything filled in, or refused with everything that is wrong. */
    sealed interface Verdict {

        record Admitted(Wanted wanted) implements Verdict {}

        record Refused(List<FieldError> errors) implements Verdict {}
    }

    Verdict admit(RequestKind kind, CapacityRequestSubmitted submitted) {
        var findings = new Findings();
        checkName(submitted.name(), findings);
        checkMachine(kind, submitted, findings);
        checkCount(submitted.instances(), findings);
        checkMoney(submitted, findings);
        checkPlaces(submitted, findings);
        var errors = findings.all();
        return errors.isEmpty() ? new Verdict.Admitted(wanted(submitted)) : new Verdict.Refused(errors);
    }

    private static void checkName(@Nullable String name, Findings findings) {
        findings.unless(
                name == null || NAME.matcher(name).matches(),
                "/name",
                "BAD_FORMAT",
                "expected 1 to 63 of a-z, 0-9 and inner hyphens");
    }

    private void checkMachine(RequestKind kind, CapacityRequestSubmitted submitted, Findings findings) {
        switch (kind) {
            case GPU -> {
                checkGpu(submitted.gpu(), findings);
                if (submitted.node() != null) {
                    findings.notAllowed("/node", "a GPU request has no node; use /v1/node-requests for plain nodes");
                }
            }
            case NODE -> {
                checkNode(submitted.node(), findings);
                if (submitted.gpu() != null) {
                    findings.notAllowed("/gpu", "a node request has no gpu; use /v1/gpu-requests for GPUs");
                }
            }
        }
    }

    private void checkGpu(@Nullable WantedGpu gpu, Findings findings) {
        if (gpu == null) {
            findings.required("/gpu", "an object with model and count");
            return;
        }
        if (gpu.model() == null) {
            findings.required("/gpu/model", "a GPU model such as L4 or H100");
        } else {
            findings.unless(
                    WORD.matcher(gpu.model()).matches(),
                    "/gpu/model",
                    "BAD_FORMAT",
                    "expected a GPU model such as L4 or H100");
        }
        if (gpu.count() == null) {
            findings.required("/gpu/count", "GPUs per instance, at least 1");
        } else {
            findings.range("/gpu/count", gpu.count(), 1, limits.maxGpusPerInstance());
        }
        if (gpu.minMemoryGiB() != null) {
            findings.range("/gpu/minMemoryGiB", gpu.minMemoryGiB(), 1, MAX_MEMORY_GIB);
        }
    }

    private static void checkNode(@Nullable WantedNode node, Findings findings) {
        if (node == null) {
            findings.required("/node", "an object with vcpu and memoryMiB");
            return;
        }
        if (node.vcpu() == null) {
            findings.required("/node/vcpu", "virtual CPUs, at least 1");
        } else {
            findings.range("/node/vcpu", node.vcpu(), 1, MAX_VCPU);
        }
        if (node.memoryMiB() == null) {
            findings.required("/node/memoryMiB", "memory in MiB, at least 1");
        } else {
            findings.range("/node/memoryMiB", node.memoryMiB(), 1, MAX_MEMORY_MIB);
        }
    }

    private void checkCount(@Nullable Integer instances, Findings findings) {
        if (instances != null) {
            findings.range("/instances", instances, 1, limits.maxInstances());
        }
    }

    private static void checkMoney(CapacityRequestSubmitted submitted, Findings findings) {
        var cap = submitted.maxPricePerHour();
        var budget = submitted.budget();
        findings.unless(
                cap == null || cap.amount().signum() > 0,
                "/maxPricePerHour/amount",
                "OUT_OF_RANGE",
                "is 0, expected more");
        findings.unless(
                budget == null || budget.amount().signum() > 0,
                "/budget/amount",
                "OUT_OF_RANGE",
                "is 0, expected more");
        findings.unless(
                cap == null || budget == null || cap.currency().equals(budget.currency()),
                "/budget/currency",
                "MISMATCH",
                "expected the currency of maxPricePerHour");
    }

    private void checkPlaces(CapacityRequestSubmitted submitted, Findings findings) {
        var wantedProviders = orEmpty(submitted.providers());
        findings.range("/providers", wantedProviders.size(), 0, MAX_LIST);
        for (var index = 0; index < Math.min(MAX_LIST, wantedProviders.size()); index++) {
            findings.unless(
                    providers.contains(Objects.toString(wantedProviders.get(index))),
                    "/providers/" + index,
                    "UNKNOWN_VALUE",
                    "expected one of " + providers.stream().sorted().toList());
        }
        var regions = orEmpty(submitted.regions());
        findings.range("/regions", regions.size(), 0, MAX_LIST);
        for (var index = 0; index < Math.min(MAX_LIST, regions.size()); index++) {
            findings.unless(
                    WORD.matcher(Objects.toString(regions.get(index))).matches(),
                    "/regions/" + index,
                    "BAD_FORMAT",
                    "expected a provider's region such as us-east-1");
        }
        findings.unless(
                submitted.image() == null || IMAGE.matcher(submitted.image()).matches(),
                "/image",
                "BAD_FORMAT",
                "expected 1 to 255 printable characters without spaces");
    }

    private static Wanted wanted(CapacityRequestSubmitted submitted) {
        return new Wanted(
                gpus(submitted.gpu()),
                node(submitted.node()),
                Objects.requireNonNullElse(submitted.instances(), 1),
                submitted.capacityType(),
                submitted.maxPricePerHour(),
                submitted.budget(),
                orEmpty(submitted.providers()).stream().distinct().toList(),
                orEmpty(submitted.regions()).stream().distinct().toList(),
                submitted.image());
    }

    private static Wanted.@Nullable Gpus gpus(@Nullable WantedGpu gpu) {
        return gpu == null
                ? null
                : new Wanted.Gpus(
                        GpuModels.canonical(Objects.requireNonNull(gpu.model())),
                        Objects.requireNonNull(gpu.count()),
                        Objects.requireNonNullElse(gpu.minMemoryGiB(), 0));
    }

    private static Wanted.@Nullable Node node(@Nullable WantedNode node) {
        return node == null
                ? null
                : new Wanted.Node(Objects.requireNonNull(node.vcpu()), Objects.requireNonNull(node.memoryMiB()));
    }

    private static List<String> orEmpty(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }
}
