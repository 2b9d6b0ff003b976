package org.tonekeep.tenant.internal.console;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.tonekeep.console.api.TenantCompleter;
import org.tonekeep.tenant.api.TenantFiles;
import org.tonekeep.tenant.api.TenantId;

/** {@code tonekeep:feature-disable}. */
@Service
@Command(
    scope = "tonekeep",
    name = "feature-disable",
    description = "Takes a feature from a tenant's file")
public final class DisableFeature implements Action {
  @Argument(index = 0, name = "tenant", required = true, description = "Id of the tenant")
  @Completion(TenantCompleter.class)
  private String tenant = "";

  @Argument(index = 1, name = "feature", required = true, description = "Id of the feature")
  @Completion(FeatureCompleter.class)
  private String feature = "";

  @Reference private TenantFiles files;

  @Override
  public @Nullable Object execute() {
    files.disable(new TenantId(tenant), feature);
    System.out.println("Tenant " + tenant + " no longer lists " + feature);
    return null;
  }
}
