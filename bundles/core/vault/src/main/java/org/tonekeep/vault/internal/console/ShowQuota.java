package org.tonekeep.vault.internal.console;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.tonekeep.console.api.TenantAction;
import org.tonekeep.storage.api.Quotas.Usage;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.vault.internal.QuotaAdministration;

/** {@code tonekeep:quota-show -t demo <account-id>}. */
@Service
@Command(
    scope = "tonekeep",
    name = "quota-show",
    description = "Shows what an account keeps and may keep: <account-id>")
public final class ShowQuota extends TenantAction {
  @Option(name = "--no-format", description = "Plain columns for scripts")
  private boolean noFormat;

  @Argument(name = "account", required = true, description = "The account's id")
  private String account = "";

  @Reference private QuotaAdministration quotas;

  @Override
  protected String feature() {
    return "";
  }

  @Override
  protected void execute(TenantId tenant) {
    Usage usage = quotas.show(tenant, account);
    ShellTable table = new ShellTable();
    table.column("What");
    table.column("Used");
    table.column("Limit");
    table.addRow().addContent("bytes", usage.bytes(), limit(usage.maxBytes()));
    table.addRow().addContent("tracks", usage.tracks(), limit(usage.maxTracks()));
    table.print(System.out, !noFormat);
  }

  private static String limit(long most) {
    return most == Usage.UNLIMITED ? "none" : String.valueOf(most);
  }
}
