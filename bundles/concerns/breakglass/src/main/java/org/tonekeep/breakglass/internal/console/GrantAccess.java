package org.tonekeep.breakglass.internal.console;

import java.time.Duration;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonekeep.breakglass.internal.Breakglass;
import org.tonekeep.breakglass.internal.BreakglassFeature;
import org.tonekeep.breakglass.internal.Grant;
import org.tonekeep.breakglass.internal.Wish;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.console.api.TenantAction;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.tenant.api.TenantId;

/**
 * {@code tonekeep:breakglass-grant -t demo --staff <account> --ticket T-1 --track <id> <reason>}.
 */
@Service
@Command(
    scope = "tonekeep",
    name = "breakglass-grant",
    description = "Lets one of the staff listen to a track, or to all tracks of an account")
public final class GrantAccess extends TenantAction {
  @Option(name = "--staff", required = true, description = "Account id of who may listen")
  private String staff = "";

  @Option(name = "--ticket", required = true, description = "Number of the case")
  private String ticket = "";

  @Option(name = "--track", description = "The track's id")
  private String track = "";

  @Option(name = "--account", description = "Instead of a track: all tracks of this account")
  private String account = "";

  @Option(name = "--for", description = "How long, such as PT30M; at most breakglass.longest")
  private String duration = "";

  @Argument(
      name = "reason",
      required = true,
      description = "Why, in a sentence of 10 to 300 letters")
  private String reason = "";

  @Reference private Breakglass breakglass;

  @Override
  protected String feature() {
    return BreakglassFeature.ID;
  }

  @Override
  protected void execute(TenantId tenant) {
    if (track.isEmpty() == account.isEmpty()) {
      throw new IllegalArgumentException("Give either --track or --account");
    }
    Optional<TrackId> one = track.isEmpty() ? Optional.empty() : Optional.of(new TrackId(track));
    AccountId owner =
        one.isPresent()
            ? breakglass.ownerOf(tenant, one.get())
            : breakglass.existing(tenant, new AccountId(account));
    Duration wanted = duration.isEmpty() ? breakglass.longest(tenant) : Duration.parse(duration);
    Grant grant =
        breakglass.ask(
            tenant,
            Optional.empty(),
            new AccountId(staff),
            new Wish(owner, one, ticket, reason, wanted),
            "");
    System.out.println(grant.id());
    System.out.println(
        grant
            .approval()
            .map(approval -> "Good until " + approval.endsAt() + "; the owner gets a mail")
            .orElse(
                "Somebody of the staff other than who may listen must approve it within a day"));
  }
}
