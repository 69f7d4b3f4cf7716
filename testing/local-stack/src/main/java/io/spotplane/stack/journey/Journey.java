package io.spotplane.stack.journey;

import java.time.Duration;

/**
 * The main job from outside, in five chapters: what is there, what it costs, a request to READY with one refusal on the way, a
 * reclaim survived, everything given back. A chapter fails with {@link JourneyFailed} when something that it promises did
 * not happen.
 */
public final class Journey {

    private final Scene scene;

    /** A journey through the stack at {@code addresses}, told to {@code narrator}. */
    public Journey(JourneyAddresses addresses, Narrator narrator) {
        this.scene = Scene.at(addresses, narrator);
    }

    /** Plays all chapters; returns how long it took. */
    public Duration play() {
        try (var webhook = WebhookReceiver.start()) {
            new WhatIsThere(scene).tell();
            var market = new WhatItCosts(scene).tell();
            var wishes = new WishBecomesMachine(scene);
            wishes.subscribe(webhook);
            try (var stream = EventStream.listen(scene.api(), null)) {
                var wish = wishes.fromWishToReady(market);
                new TakenBack(scene).surviveAReclaim(wish, webhook, stream);
            }
            new GivenBack(scene).tell(wishes.requests());
        } finally {
            scene.weather().clear();
        }
        var took = scene.narrator().elapsed();
        scene.narrator()
                .chapter("Done in %.1f s. Everything that was promised happened.".formatted(Scene.seconds(took)));
        return took;
    }
}
