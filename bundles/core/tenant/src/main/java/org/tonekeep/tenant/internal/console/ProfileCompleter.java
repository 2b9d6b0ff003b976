package org.tonekeep.tenant.internal.console;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.tonekeep.tenant.api.TenantFiles;

/** Completes names of tenant profiles. */
@Service
public final class ProfileCompleter implements Completer {
  @Reference private TenantFiles files;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    return new StringsCompleter(files.profiles()).complete(session, line, candidates);
  }
}
