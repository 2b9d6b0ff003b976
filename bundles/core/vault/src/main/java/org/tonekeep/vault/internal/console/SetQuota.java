package org.tonekeep.vault.internal.console;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.tonekeep.console.api.TenantAction;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.vault.internal.QuotaAdministration;

/** {@code tonekeep:quota-set -t demo --bytes 50GiB <account-id>}. */
@Service
@Command(
    scope = "tonekeep",
    name = "quota-set",
    description = "Gives an account limits of its own: --bytes, --tracks, then its id")
public final class SetQuota extends TenantAction {
  @Option(name = "--bytes", description = "A size such as 50GiB, none, or default")
  private @Nullable String bytes;

  @Option(name = "--tracks", description = "A number, none, or default")
  private @Nullable String tracks;

  @Argument(name = "account", required = true, description = "The account's id")
  private String account = "";

  @Reference private QuotaAdministration quotas;

  @Override
  protected String feature() {
    return "";
  }

  @Override
  protected void execute(TenantId tenant) {
    quotas.set(tenant, account, bytes, tracks);
    System.out.println("Account " + account + " now has limits of its own");
  }
}
