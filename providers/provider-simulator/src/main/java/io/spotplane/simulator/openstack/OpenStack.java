package io.spotplane.simulator.openstack;

import io.spotplane.simulator.behaviour.Protocol;
import io.spotplane.simulator.datacentre.DataCentre;
import java.time.Duration;
import java.time.InstantSource;

/** Keystone and Nova over one data centre, sharing tokens. */
public final class OpenStack {

    private final Tokens tokens;
    private final Protocol keystone;
    private final Protocol nova;

    /**
     * @param novaPath  path of Nova on this server, which Keystone's catalog names
     * @param tokenLife how long a token is good
     */
    public OpenStack(String novaPath, DataCentre dataCentre, InstantSource clock, Duration tokenLife) {
        tokens = new Tokens(clock, tokenLife);
        keystone = new KeystoneProtocol(novaPath, tokens, clock);
        nova = new NovaProtocol(novaPath, dataCentre, tokens);
    }

    public Protocol keystone() {
        return keystone;
    }

    public Protocol nova() {
        return nova;
    }

    /** Every token that was issued is void from now on. */
    public void expireTokens() {
        tokens.revokeAll();
    }
}
