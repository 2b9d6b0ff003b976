package org.tonekeep.tenant.internal.console;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.tonekeep.tenant.api.Gate;

/** Completes ids of features ever declared here. */
@Service
public final class FeatureCompleter implements Completer {
  @Reference private Gate gate;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    StringsCompleter names = new StringsCompleter();
    gate.features().forEach(f -> names.getStrings().add(f.feature().id()));
    return names.complete(session, line, candidates);
  }
}
