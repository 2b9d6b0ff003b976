package org.tonekeep.console.api;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.jspecify.annotations.Nullable;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/**
 * The base of every command that works for one tenant: resolves {@code --tenant} and asks the gate.
 */
public abstract class TenantAction implements Action {
  @Option(name = "--tenant", aliases = "-t", required = true, description = "Id of the tenant")
  @Completion(TenantCompleter.class)
  private String tenant = "";

  @Reference private Tenants tenants;
  @Reference private Gate gate;

  /** The feature that the command belongs to; empty for core commands. */
  protected abstract String feature();

  /** Prints; called with an existing tenant for which the feature is on. */
  protected abstract void execute(TenantId tenant);

  @Override
  public final @Nullable Object execute() {
    TenantId id = new TenantId(tenant);
    if (tenants.find(id).isEmpty()) {
      throw new IllegalArgumentException("There is no tenant '" + id + "'");
    }
    if (!feature().isEmpty()) {
      gate.requireOn(id, feature());
    }
    execute(id);
    return null;
  }
}
