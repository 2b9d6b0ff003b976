package org.tonekeep.tenant.internal.console;

import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.tonekeep.tenant.api.TenantFiles;
import org.tonekeep.tenant.api.TenantId;

/** {@code tonekeep:tenant-create}. */
@Service
@Command(
    scope = "tonekeep",
    name = "tenant-create",
    description = "Writes the file of a new tenant, from a profile")
public final class CreateTenant implements Action {
  @Argument(index = 0, name = "id", required = true, description = "Id of the new tenant")
  private String id = "";

  @Option(name = "--from", required = true, description = "Profile to start from")
  @Completion(ProfileCompleter.class)
  private String profile = "";

  @Option(
      name = "--host",
      multiValued = true,
      description = "Host name, may be repeated; without it <id>.localhost")
  private @Nullable List<String> hosts;

  @Reference private TenantFiles files;

  @Override
  public @Nullable Object execute() {
    files.create(new TenantId(id), profile, hosts == null ? List.of() : hosts);
    System.out.println("Tenant " + id + " is in force");
    return null;
  }
}
