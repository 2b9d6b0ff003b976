package org.tonekeep.tenant.internal;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.tenant.api.TenantId;

/**
 * Holds the tenants in force. It looks at the folder when the console says so, and by itself every
 * second. ConfigurationAdmin and fileinstall are not asked: they would write the files back.
 */
@Component(service = TenantRegistry.class, immediate = true)
public final class TenantRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(TenantRegistry.class);

  /**
   * Looks before a standing that changed with the bundles is told: bundles of one prefix come one
   * after another, and what the first does not know the last may declare.
   */
  static final int HUSH = 5;

  private final TenantFolder folder;
  private final LastGood lastGood;
  private final Declarations declarations;
  private final Runnable reevaluate = this::bundlesChanged;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "tonekeep-tenants");
            thread.setDaemon(true);
            return thread;
          });

  // Guarded by this; the view is read without.
  private TenantFolder.Content content = new TenantFolder.Content(new TreeMap<>(), List.of());
  private String acted = "";
  private String seen = "";
  private volatile View view = View.EMPTY;
  private View told = View.EMPTY;
  private int hush;

  @Activate
  public TenantRegistry(BundleContext context, @Reference Declarations declarations) {
    this(DataFolder.of(context), declarations);
    Future<?> unused = watch.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  TenantRegistry(DataFolder data, Declarations declarations) {
    new FirstStart(data, new Profiles(data.profiles())).run();
    this.folder = new TenantFolder(data.tenants());
    this.lastGood = new LastGood(data.lastGood());
    this.declarations = declarations;
    readFolder();
    bundlesChanged();
    declarations.onChange(reevaluate);
  }

  @Deactivate
  void close() {
    declarations.forget(reevaluate);
    watch.shutdown(); // no interrupt: it would close a file that is being written
    try {
      if (!watch.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("The watch of the tenants' folder did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  View view() {
    return view;
  }

  /** Files in the folder that no tenant can have. */
  synchronized List<Problem> strays() {
    return content.strays();
  }

  /** Reads the folder and acts on it at once. */
  synchronized void look() {
    readFolder();
    reevaluate();
    tell();
  }

  private synchronized void readFolder() {
    // The signature is taken first: what is written while reading is seen by the next look.
    acted = folder.signature();
    seen = acted;
    TenantFolder.Content found = folder.read();
    found.strays().stream()
        .filter(s -> !content.strays().contains(s))
        .forEach(s -> LOG.warn("{}", s));
    content = found;
  }

  /** What would be wrong if this were the tenant's file. */
  synchronized List<Problem> problemsWith(TenantFile candidate) {
    SortedMap<TenantId, TenantFile> files = new TreeMap<>(content.files());
    files.put(candidate.tenant(), candidate);
    return TenantEvaluator.evaluate(files, lastGood.all(), declarations.now())
        .status(candidate.tenant())
        .map(Status::problems)
        .orElse(List.of());
  }

  /** The watch's look: acts on what has not changed for one period, so never on half a file. */
  synchronized void tick() {
    if (hush > 0 && --hush == 0) {
      tell();
    }
    try {
      String now = folder.signature();
      if (!now.equals(acted) && now.equals(seen)) {
        look();
      }
      seen = now;
    } catch (RuntimeException e) {
      // Thrown on, it would silently end the watch for good.
      LOG.error("The folder of the tenants cannot be read; what is in force stays", e);
    }
  }

  private synchronized void reevaluate() {
    View next = TenantEvaluator.evaluate(content.files(), lastGood.all(), declarations.now());
    for (Status status : next.statuses()) {
      if (status.fileInForce()) {
        status.values().ifPresent(v -> lastGood.store(status.id(), v));
      }
    }
    view = next;
  }

  private synchronized void bundlesChanged() {
    reevaluate();
    hush = HUSH;
  }

  /** What the log has said; for tests. */
  synchronized View told() {
    return told;
  }

  private synchronized void tell() {
    hush = 0;
    view.statuses().forEach(s -> report(told, s));
    told = view;
  }

  private static void report(View before, Status now) {
    Status old = before.status(now.id()).orElse(null);
    if (old != null
        && old.standing().equals(now.standing())
        && old.problems().equals(now.problems())) {
      if (!old.values().equals(now.values())) {
        LOG.info("Tenant {} has changed", now.id());
      }
      return;
    }
    if (now.problems().isEmpty()) {
      LOG.info("Tenant {} is {}", now.id(), now.standing());
    } else {
      now.problems().forEach(p -> LOG.warn("Tenant {} is {}: {}", now.id(), now.standing(), p));
    }
  }
}
