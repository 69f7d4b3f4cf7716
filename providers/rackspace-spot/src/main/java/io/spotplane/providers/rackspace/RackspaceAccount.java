package io.spotplane.providers.rackspace;

import io.spotplane.providers.spi.AuctionHistory;
import io.spotplane.providers.spi.MarketData;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import io.spotplane.providers.support.Redaction;
import io.spotplane.providers.support.Secret;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The feed, with a refresh token the API too, and the capabilities that share them. */
record RackspaceAccount(RackspaceFeed feed, @Nullable RackspaceApi api, InstantSource time) {

    static RackspaceAccount of(RackspaceSettings settings, ProviderHttp http, CallGuards guards, InstantSource time) {
        var token = settings.refreshToken();
        var faults = new RackspaceFaults(Redaction.of(Stream.ofNullable(token).toArray(Secret[]::new)), time);
        var feed = new RackspaceFeed(
                http.client(Rackspace.PROVIDER + "-feed", settings.feedUrl(), settings.callTimeout()),
                settings.callTimeout(),
                guards.of(Rackspace.PROVIDER, "feed"),
                faults,
                time);
        return new RackspaceAccount(
                feed, token == null ? null : api(settings, token, http, guards, faults, time), time);
    }

    private static RackspaceApi api(
            RackspaceSettings settings,
            Secret token,
            ProviderHttp http,
            CallGuards guards,
            RackspaceFaults faults,
            InstantSource time) {
        var login = new RackspaceLogin(
                http.client(Rackspace.PROVIDER + "-login", settings.loginUrl(), settings.callTimeout()),
                settings.clientId(),
                token,
                settings.callTimeout(),
                faults,
                time);
        return new RackspaceApi(
                http.client(Rackspace.PROVIDER, settings.apiUrl(), settings.callTimeout()),
                login,
                settings.callTimeout(),
                guards.of(Rackspace.PROVIDER, "api"),
                faults);
    }

    MarketData marketData() {
        return new RackspaceMarketData(feed, api, BidLadders.carried(), time);
    }

    AuctionHistory auctionHistory() {
        return new RackspaceAuctionHistory(feed);
    }
}
