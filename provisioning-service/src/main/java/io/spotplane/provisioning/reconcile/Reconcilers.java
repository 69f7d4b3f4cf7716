package io.spotplane.provisioning.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.provisioning.account.AccountSettings;
import io.spotplane.provisioning.account.AccountWake;
import io.spotplane.provisioning.account.Accounts;
import io.spotplane.provisioning.budget.BudgetPolicy;
import io.spotplane.provisioning.holding.Book;
import io.spotplane.provisioning.placement.Markets;
import io.spotplane.provisioning.placement.Placement;
import io.spotplane.provisioning.placement.PlacementSettings;
import java.time.InstantSource;
import java.util.List;

/**
 * The reconciler put together from its steps. The service and the simulation of the lifecycle use the same one.
 *
 * @param requests works on requests
 * @param accounts looks at accounts
 */
record Reconcilers(RequestReconciler requests, AccountReconciler accounts) {

    static Reconcilers of(
            Book book,
            Accounts accounts,
            AccountWake wake,
            Markets markets,
            Placement placement,
            BudgetPolicy budget,
            AccountSettings account,
            PlacementSettings placing,
            ReconcileSettings settings,
            MeterRegistry registry,
            InstantSource clock) {
        var meters = new Meters(registry);
        var lookAfter = settings.busyListing();
        var sending = new Sending(account, placing.maxPriceAge());
        var answers = new LaunchAnswers(placing, account.launchTimeout());
        List<Step> steps = List.of(
                new EndStep(book, new Endings(budget, placing.giveUpAfter(), settings.drainGrace())),
                new PlaceStep(book, markets, placement),
                new LaunchStep(book, accounts, account, sending, answers, wake, lookAfter, meters, clock),
                new TerminateStep(book, accounts, wake, lookAfter, clock));
        return new Reconcilers(
                new RequestReconciler(book, steps, new Agenda(settings), meters, clock),
                new AccountReconciler(
                        book,
                        new Confirmation(account, placing),
                        markets,
                        placement,
                        new Orphans(book, account, meters),
                        meters,
                        clock,
                        account.listPatience()));
    }
}
