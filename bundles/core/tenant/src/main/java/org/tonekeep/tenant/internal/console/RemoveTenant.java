package org.tonekeep.tenant.internal.console;

import java.io.IOException;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;
import org.tonekeep.console.api.TenantCompleter;
import org.tonekeep.tenant.api.TenantFiles;
import org.tonekeep.tenant.api.TenantId;

/** {@code tonekeep:tenant-remove}. */
@Service
@Command(
    scope = "tonekeep",
    name = "tenant-remove",
    description = "Removes a tenant's file: it is no longer served; its data stays")
public final class RemoveTenant implements Action {
  @Argument(index = 0, name = "id", required = true, description = "Id of the tenant")
  @Completion(TenantCompleter.class)
  private String id = "";

  @Option(name = "--yes", aliases = "-y", description = "Do not ask")
  private boolean yes;

  @Reference private Session session;
  @Reference private TenantFiles files;

  @Override
  public @Nullable Object execute() throws IOException {
    TenantId tenant = new TenantId(id);
    System.out.println(
        "The site of tenant "
            + id
            + " will go off. Its data stays, and so does what it owes: retention, erasure, audit.");
    if (!yes && !"yes".equals(session.readLine("Remove the file of " + id + "? (yes/no) ", null))) {
      System.out.println("Nothing was removed");
      return null;
    }
    files.remove(tenant);
    System.out.println("Tenant " + id + " is suspended");
    return null;
  }
}
