package org.tonekeep.console.api;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.tonekeep.tenant.api.Tenants;

/** Completes ids of tenants. */
@Service
public final class TenantCompleter implements Completer {
  @Reference private Tenants tenants;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    StringsCompleter names = new StringsCompleter();
    tenants.all().forEach(t -> names.getStrings().add(t.id().value()));
    return names.complete(session, line, candidates);
  }
}
