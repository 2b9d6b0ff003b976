package org.tonekeep.mail.internal;

import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.rest.api.Readiness;
import org.tonekeep.tenant.api.Tenants;

/**
 * Names tenants whose adapter is away and texts that are wrong. Never unready: letters wait, and no
 * visitor is better off elsewhere.
 */
@Component(service = Readiness.class)
public final class MailReadiness implements Readiness {
  private final Tenants tenants;
  private final SenderBoard senders;
  private final Overrides overrides;

  @Activate
  public MailReadiness(
      @Reference Tenants tenants, @Reference SenderBoard senders, @Reference Overrides overrides) {
    this.tenants = tenants;
    this.senders = senders;
    this.overrides = overrides;
  }

  @Override
  public Health check() {
    List<String> words = new ArrayList<>();
    words.add("Adapters: " + String.join(", ", senders.names()));
    tenants.all().stream()
        .filter(t -> senders.find(t.get(MailKeys.ADAPTER)).isEmpty())
        .map(t -> "mails of " + t.id() + " wait for adapter '" + t.get(MailKeys.ADAPTER) + "'")
        .forEach(words::add);
    words.addAll(overrides.problems());
    return new Health("mail", true, String.join("; ", words));
  }
}
