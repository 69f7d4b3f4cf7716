package io.spotplane.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Twelve loopback ports in a row.
 *
 * @param base the gateway's; the others follow
 */
public record Ports(int base) {

    /** Where the gateway is unless somebody says otherwise. */
    public static final int USUAL_BASE = 8080;

    private static final int COUNT = 12;

    /** @throws IllegalArgumentException if the row does not fit between 1024 and 65535 */
    public Ports {
        if (base < 1024 || base + COUNT - 1 > 65535) {
            throw new IllegalArgumentException(
                    "port " + base + " does not leave room for " + COUNT + " ports between 1024 and 65535");
        }
    }

    public int gateway() {
        return base;
    }

    public int pricing() {
        return base + 1;
    }

    public int provisioning() {
        return base + 2;
    }

    public int inventory() {
        return base + 3;
    }

    public int notification() {
        return base + 4;
    }

    public int issuer() {
        return base + 5;
    }

    public int simulator() {
        return base + 6;
    }

    public int postgres() {
        return base + 7;
    }

    public int redis() {
        return base + 8;
    }

    public int kafka() {
        return base + 9;
    }

    int kafkaController() {
        return base + 10;
    }

    int gatewayManagement() {
        return base + 11;
    }

    /** Whether nobody listens on any of them. */
    public boolean areFree() {
        return names().keySet().stream().noneMatch(Ports::isTaken);
    }

    /** @throws Refusal naming every port that somebody else listens on */
    void refuseIfTaken() {
        var taken = names().entrySet().stream()
                .filter(port -> isTaken(port.getKey()))
                .map(port -> port.getKey() + " (" + port.getValue() + ")")
                .collect(Collectors.joining(", "));
        if (!taken.isEmpty()) {
            throw new Refusal(
                    Refusal.UNAVAILABLE,
                    "Ports are taken: " + taken,
                    "another program listens there, and the stack needs " + base + " to " + (base + COUNT - 1),
                    "stop that program, or choose another row: ./spotplane up --port " + elsewhere());
        }
    }

    private int elsewhere() {
        return base < 50_000 ? base + 1000 : USUAL_BASE;
    }

    private Map<Integer, String> names() {
        var names = new LinkedHashMap<Integer, String>();
        names.put(gateway(), "gateway");
        names.put(pricing(), "pricing-service");
        names.put(provisioning(), "provisioning-service");
        names.put(inventory(), "inventory-agents-service");
        names.put(notification(), "notification-service");
        names.put(issuer(), "dev-issuer");
        names.put(simulator(), "provider-simulator");
        names.put(postgres(), "postgres");
        names.put(redis(), "redis");
        names.put(kafka(), "kafka");
        names.put(kafkaController(), "kafka controller");
        names.put(gatewayManagement(), "gateway management");
        return names;
    }

    /** Bound with SO_REUSEADDR, as servers bind: a connection that lingers from an earlier run does not count. */
    private static boolean isTaken(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return false;
        } catch (IOException taken) {
            return true;
        }
    }
}
