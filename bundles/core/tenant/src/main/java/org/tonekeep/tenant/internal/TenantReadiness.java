package org.tonekeep.tenant.internal;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.rest.api.Readiness;

/**
 * The tenants' line of {@code /readyz}. A refused file is told but does not make the installation
 * unready: the others are served, and mostly the tenant itself by its last good state.
 */
@Component(service = Readiness.class)
public final class TenantReadiness implements Readiness {
  private final TenantRegistry registry;
  private final Declarations declarations;

  @Activate
  public TenantReadiness(@Reference TenantRegistry registry, @Reference Declarations declarations) {
    this.registry = registry;
    this.declarations = declarations;
  }

  @Override
  public Health check() {
    List<Status> all = registry.view().statuses();
    long inForce = all.stream().filter(Status::fileInForce).count();
    String rest =
        all.stream()
            .filter(s -> !s.fileInForce())
            .map(s -> ", " + s.id() + " " + s.standing())
            .reduce("", String::concat);
    Declared declared = declarations.now();
    String unknown =
        registry.view().all().stream()
            .filter(t -> !t.suspended() && !declared.neverDeclared(t).isEmpty())
            .map(t -> ", " + t.id() + " lists undeclared " + declared.neverDeclared(t))
            .reduce("", String::concat);
    return new Health("tenants", true, inForce + " in force" + rest + unknown);
  }
}
