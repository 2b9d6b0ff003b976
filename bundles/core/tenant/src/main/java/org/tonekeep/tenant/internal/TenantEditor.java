package org.tonekeep.tenant.internal;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.TenantFiles;
import org.tonekeep.tenant.api.TenantId;

/**
 * Edits the tenants' files for an operator. An edit that would be refused is not written, and a
 * written one is in force when the call returns.
 */
@Component(service = TenantFiles.class)
public final class TenantEditor implements TenantFiles {
  private final TenantFolder folder;
  private final Profiles profiles;
  private final TenantRegistry registry;
  private final Declarations declarations;

  @Activate
  public TenantEditor(
      BundleContext context,
      @Reference TenantRegistry registry,
      @Reference Declarations declarations) {
    this(DataFolder.of(context), registry, declarations);
  }

  TenantEditor(DataFolder data, TenantRegistry registry, Declarations declarations) {
    this.folder = new TenantFolder(data.tenants());
    this.profiles = new Profiles(data.profiles());
    this.registry = registry;
    this.declarations = declarations;
  }

  @Override
  public List<FileState> states() {
    return registry.view().statuses().stream().map(Status::toFileState).toList();
  }

  @Override
  public Set<String> profiles() {
    return profiles.names();
  }

  @Override
  public synchronized void create(TenantId id, String profile, List<String> hosts) {
    if (folder.read(id).isPresent()) {
      throw new IllegalArgumentException("The tenant '" + id + "' exists");
    }
    if (registry.view().find(id).isPresent()) {
      // Another profile over somebody's old data would break what they were promised.
      throw new IllegalArgumentException(
          "The tenant '"
              + id
              + "' exists and is suspended, with its data; put back "
              + folder.pathOf(id)
              + " to resume it");
    }
    List<String> names =
        hosts.isEmpty()
            ? List.of(HostName.checked(id + ".localhost"))
            : hosts.stream().map(HostName::checked).distinct().toList();
    write(id, new CfgText(profiles.text(profile)).withList(TenantValues.HOSTS, names));
  }

  @Override
  public synchronized void remove(TenantId id) {
    if (folder.read(id).isEmpty()) {
      throw new IllegalArgumentException("The tenant '" + id + "' has no file");
    }
    DurableFile.delete(folder.pathOf(id));
    registry.look();
  }

  @Override
  public synchronized void enable(TenantId id, String feature) {
    CfgText text = text(id);
    Set<String> listed = features(text);
    Set<String> wanted = new LinkedHashSet<>(listed);
    addWithNeeds(feature, wanted);
    if (!wanted.equals(listed)) {
      write(id, text.withList(TenantValues.FEATURES, List.copyOf(wanted)));
    }
  }

  @Override
  public synchronized void disable(TenantId id, String feature) {
    CfgText text = text(id);
    Set<String> listed = features(text);
    String needing =
        listed.stream()
            .filter(other -> needs(other).contains(feature))
            .collect(Collectors.joining(", "));
    if (!needing.isEmpty()) {
      throw new IllegalArgumentException("'" + feature + "' is needed by " + needing);
    }
    if (listed.remove(feature)) {
      write(id, text.withList(TenantValues.FEATURES, List.copyOf(listed)));
    }
  }

  private void addWithNeeds(String feature, Set<String> wanted) {
    if (!declarations.now().features().containsKey(feature)) {
      throw new IllegalArgumentException(
          "No bundle has ever declared the feature '"
              + feature
              + "' here; there are "
              + String.join(", ", declarations.now().features().keySet()));
    }
    if (wanted.contains(feature)) {
      return;
    }
    List<String> needs = new ArrayList<>(needs(feature));
    needs.removeAll(wanted);
    needs.sort(null);
    needs.forEach(n -> addWithNeeds(n, wanted));
    wanted.add(feature);
  }

  private Set<String> needs(String feature) {
    Feature declared = declarations.now().features().get(feature);
    return declared == null ? Set.of() : declared.needs();
  }

  private CfgText text(TenantId id) {
    TenantFile file =
        folder
            .read(id)
            .orElseThrow(() -> new IllegalArgumentException("The tenant '" + id + "' has no file"));
    if (!file.unreadable().isEmpty()) {
      throw new IllegalArgumentException(file.name() + " " + file.unreadable());
    }
    return new CfgText(file.text());
  }

  private static Set<String> features(CfgText text) {
    return new LinkedHashSet<>(TenantValues.words(text.value(TenantValues.FEATURES).orElse("")));
  }

  /**
   * @throws IllegalArgumentException with the problems, when the file would be refused
   * @throws UncheckedIOException when it cannot be written; the old file is whole
   */
  private void write(TenantId id, String text) {
    List<Problem> problems = registry.problemsWith(TenantFile.of(id, text));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    }
    DurableFile.write(folder.pathOf(id), text);
    registry.look();
  }
}
