package org.tonekeep.tenant.internal;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.FeatureDeclaration;
import org.tonekeep.tenant.api.KeyDeclaration;
import org.tonekeep.tenant.api.SettingKey;

/** Collects what bundles declare while they come and go, and remembers it. */
@Component(service = Declarations.class, immediate = true)
public final class Declarations {
  private static final Logger LOG = LoggerFactory.getLogger(Declarations.class);

  private final DeclarationMemory memory;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  // By service id, in the order of appearance: of two that declare the same the first wins.
  private final Map<Long, Declaration> present = new LinkedHashMap<>();
  private final SortedMap<String, Feature> rememberedFeatures;
  private final SortedMap<String, String> rememberedKeys;
  private volatile Declared declared;

  private record Declaration(String bundle, List<SettingKey<?>> keys, @Nullable Feature feature) {}

  @Activate
  public Declarations(BundleContext context) {
    this(new DeclarationMemory(DataFolder.of(context).declarations()));
  }

  Declarations(DeclarationMemory memory) {
    this.memory = memory;
    this.rememberedFeatures = memory.features();
    this.rememberedKeys = memory.keys();
    this.declared = Declared.of(Map.of(), rememberedKeys.keySet(), rememberedFeatures, Set.of());
  }

  /** What is declared now; an immutable answer from memory. */
  Declared now() {
    return declared;
  }

  /** Calls the listener after every change, on the thread of the bundle that caused it. */
  void onChange(Runnable listener) {
    listeners.add(listener);
  }

  void forget(Runnable listener) {
    listeners.remove(listener);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addFeature(ServiceReference<FeatureDeclaration> reference, FeatureDeclaration declaration) {
    appeared(id(reference), bundle(reference), declaration);
  }

  void removeFeature(ServiceReference<FeatureDeclaration> reference) {
    disappeared(id(reference));
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addKeys(ServiceReference<KeyDeclaration> reference, KeyDeclaration declaration) {
    appeared(id(reference), bundle(reference), declaration);
  }

  void removeKeys(ServiceReference<KeyDeclaration> reference) {
    disappeared(id(reference));
  }

  void appeared(long service, String bundle, KeyDeclaration declaration) {
    // Foreign code is called before the lock is taken.
    Feature feature = declaration instanceof FeatureDeclaration f ? f.feature() : null;
    Declaration added = new Declaration(bundle, List.copyOf(declaration.keys()), feature);
    synchronized (present) {
      if (added.equals(present.put(service, added))) {
        return; // registered under both names
      }
      remember(added);
      reportConflicts(service, added);
      refresh();
    }
    listeners.forEach(Runnable::run);
  }

  void disappeared(long service) {
    synchronized (present) {
      if (present.remove(service) == null) {
        return;
      }
      refresh();
    }
    listeners.forEach(Runnable::run);
  }

  private void refresh() {
    Map<String, SettingKey<?>> keys = new TreeMap<>();
    Map<String, Feature> features = new TreeMap<>(rememberedFeatures);
    Set<String> active = new HashSet<>();
    for (Declaration declaration : present.values()) {
      declaration.keys.forEach(k -> keys.putIfAbsent(k.name(), k));
      Feature feature = declaration.feature;
      if (feature != null && active.add(feature.id())) {
        features.put(feature.id(), feature);
      }
    }
    declared = Declared.of(keys, rememberedKeys.keySet(), features, active);
  }

  private void remember(Declaration added) {
    Map<String, String> keys = new TreeMap<>(rememberedKeys);
    added.keys.forEach(k -> keys.put(k.name(), added.bundle));
    boolean newKeys = !keys.equals(rememberedKeys);
    rememberedKeys.putAll(keys);
    Feature feature = added.feature;
    boolean newFeature =
        feature != null && !feature.equals(rememberedFeatures.put(feature.id(), feature));
    try {
      if (newKeys) {
        memory.rememberKeys(keys);
      }
      if (feature != null && newFeature) {
        memory.remember(feature);
      }
    } catch (UncheckedIOException e) {
      // It works now; only a start without this bundle would not know it.
      LOG.error("What {} declares cannot be stored", added.bundle, e);
    }
  }

  private void reportConflicts(long service, Declaration added) {
    List<String> conflicts = new ArrayList<>();
    present.forEach(
        (id, other) -> {
          if (id == service || other.bundle.equals(added.bundle)) {
            return;
          }
          Set<String> theirs = new HashSet<>();
          other.keys.forEach(k -> theirs.add(k.name()));
          added.keys.stream()
              .filter(k -> theirs.contains(k.name()))
              .forEach(k -> conflicts.add("the key " + k.name() + " of " + other.bundle));
          if (sameFeature(added.feature, other.feature)) {
            conflicts.add("a feature of the name that " + other.bundle + " has");
          }
        });
    conflicts.forEach(c -> LOG.error("{} declares {} too; the first one counts", added.bundle, c));
  }

  private static boolean sameFeature(@Nullable Feature one, @Nullable Feature other) {
    return one != null && other != null && one.id().equals(other.id());
  }

  private static long id(ServiceReference<?> reference) {
    return reference.getProperty(Constants.SERVICE_ID) instanceof Long id ? id : -1;
  }

  private static String bundle(ServiceReference<?> reference) {
    var bundle = reference.getBundle();
    // Gone again already: then its removal follows.
    return bundle == null ? "a bundle that is gone" : bundle.getSymbolicName();
  }
}
