package org.tonekeep.privacy.internal;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
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
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;

/** Which bundle holds which personal data, now and ever. */
@Component(service = DataRegister.class, immediate = true)
public final class DataRegister {
  private static final Logger LOG = LoggerFactory.getLogger(DataRegister.class);

  private final HolderMemory memory;
  private final SortedMap<String, Holder> remembered = new TreeMap<>();
  private final Map<Long, Holder> present = new HashMap<>();

  /** A data class, and whether the bundle that holds it is active. */
  public record Row(DataClass data, String bundle, boolean active) {}

  @Activate
  public DataRegister(BundleContext context) {
    this(new HolderMemory(folder(context)));
  }

  DataRegister(HolderMemory memory) {
    this.memory = memory;
    memory.all().forEach(h -> remembered.put(h.name(), h));
  }

  /** All data classes of all holders ever seen, by concern and id. */
  public synchronized List<Row> rows() {
    return remembered.values().stream()
        .flatMap(h -> h.holds().stream().map(d -> new Row(d, h.bundle(), isPresent(h))))
        .sorted(
            Comparator.comparing((Row r) -> r.data().concern())
                .thenComparing(r -> r.data().id())
                .thenComparing(Row::bundle))
        .toList();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addHolder(ServiceReference<DataHolder> reference, DataHolder holder) {
    Bundle bundle = reference.getBundle();
    if (bundle != null) {
      appeared(id(reference), bundle.getSymbolicName(), holder);
    }
  }

  void removeHolder(ServiceReference<DataHolder> reference) {
    disappeared(id(reference));
  }

  void appeared(long service, String bundle, DataHolder holder) {
    // Foreign code is called before the lock is taken.
    Holder added = new Holder(bundle, holder.getClass().getName(), holder.holds());
    synchronized (this) {
      present.put(service, added);
      if (added.equals(remembered.put(added.name(), added))) {
        return;
      }
      try {
        memory.remember(added);
      } catch (UncheckedIOException e) {
        LOG.error("What {} holds cannot be stored", added.name(), e);
      }
    }
  }

  synchronized void disappeared(long service) {
    present.remove(service);
  }

  private boolean isPresent(Holder holder) {
    return present.values().stream().anyMatch(p -> p.name().equals(holder.name()));
  }

  private static long id(ServiceReference<?> reference) {
    return reference.getProperty(Constants.SERVICE_ID) instanceof Long id ? id : -1;
  }

  private static Path folder(BundleContext context) {
    String data = context.getProperty("tonekeep.data");
    if (data == null || data.isBlank()) {
      throw new IllegalStateException("The property tonekeep.data is not set");
    }
    return Path.of(data).resolve("state").resolve("privacy");
  }
}
