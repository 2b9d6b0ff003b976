package org.tonekeep.persistence.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Filter;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.persistence.api.Migrated;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.Readiness;

/**
 * Has each bundle that brings {@code migrations/} migrated when it starts, says so with a {@link
 * Migrated} service, and opens a {@link Database} door once the bundle's persistence unit exists as
 * well.
 */
@Component(service = Readiness.class, immediate = true)
public final class Units implements Readiness {
  private final BundleContext context;
  private final Tx tx;
  private final MigrationQueue migrations;
  private final BundleTracker<Tables> bundles;
  private final ServiceTracker<
          EntityManagerFactory, ServiceTracker<Migrated, ServiceRegistration<Database>>>
      factories;

  @Activate
  public Units(
      BundleContext context,
      @Reference Tx tx,
      @Reference(target = "(osgi.jndi.service.name=tonekeep)") DataSource dataSource,
      @Reference Clock clock) {
    this.context = context;
    this.tx = tx;
    this.migrations = new MigrationQueue(new Migrator(dataSource, clock), Duration.ofSeconds(1));
    this.bundles = new BundleTracker<>(context, Bundle.STARTING | Bundle.ACTIVE, new Migrating());
    this.factories = new ServiceTracker<>(context, EntityManagerFactory.class, new Opening());
    bundles.open();
    factories.open();
  }

  @Deactivate
  void stop() {
    migrations.close();
    factories.close();
    bundles.close();
  }

  @Override
  public Health check() {
    List<String> undone = migrations.undone();
    return undone.isEmpty()
        ? new Health("migrations", true, "all tables are up to date")
        : new Health("migrations", false, String.join("; ", undone));
  }

  private static Hashtable<String, Object> unit(String name) {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put(Database.UNIT, name);
    return properties;
  }

  /** What a bundle's tables are known by, and the migrations that are on their way. */
  private final class Tables {
    private final List<ServiceRegistration<?>> done = new CopyOnWriteArrayList<>();
    private final MigrationQueue.Task task;
    private volatile boolean gone;

    Tables(Bundle bundle) {
      this.task = begin(String.valueOf(bundle.getSymbolicName()), bundle);
    }

    private MigrationQueue.Task begin(String name, Bundle bundle) {
      try {
        return migrations.add(name, BundleMigrations.of(bundle), this::migrated);
      } catch (MigrationException e) {
        return migrations.refused(name, e);
      }
    }

    private void migrated(String unit) {
      done.add(context.registerService(Migrated.class, new Migrated() {}, unit(unit)));
      if (gone) {
        unregister();
      }
    }

    void close() {
      gone = true;
      task.cancel();
      unregister();
    }

    private void unregister() {
      for (ServiceRegistration<?> registration : List.copyOf(done)) {
        if (done.remove(registration)) { // whoever takes it out, unregisters it
          registration.unregister();
        }
      }
    }
  }

  private final class Migrating implements BundleTrackerCustomizer<Tables> {
    @Override
    public Tables addingBundle(Bundle bundle, @Nullable BundleEvent event) {
      return new Tables(bundle);
    }

    @Override
    public void modifiedBundle(Bundle bundle, @Nullable BundleEvent event, Tables tables) {}

    @Override
    public void removedBundle(Bundle bundle, @Nullable BundleEvent event, Tables tables) {
      tables.close();
    }
  }

  /** A factory's door: open while the unit's tables are {@link Migrated}, whichever came first. */
  private final class Opening
      implements ServiceTrackerCustomizer<
          EntityManagerFactory, ServiceTracker<Migrated, ServiceRegistration<Database>>> {
    @Override
    public @Nullable ServiceTracker<Migrated, ServiceRegistration<Database>> addingService(
        ServiceReference<EntityManagerFactory> reference) {
      Object name = reference.getProperty("osgi.unit.name");
      EntityManagerFactory factory = context.getService(reference);
      if (name == null || factory == null) {
        return null;
      }
      Database door = new UnitDatabase(factory, tx);
      ServiceTracker<Migrated, ServiceRegistration<Database>> waiting =
          new ServiceTracker<>(context, migrated(name.toString()), new Door(name.toString(), door));
      waiting.open();
      return waiting;
    }

    @Override
    public void modifiedService(
        ServiceReference<EntityManagerFactory> reference,
        ServiceTracker<Migrated, ServiceRegistration<Database>> waiting) {}

    @Override
    public void removedService(
        ServiceReference<EntityManagerFactory> reference,
        ServiceTracker<Migrated, ServiceRegistration<Database>> waiting) {
      waiting.close();
      context.ungetService(reference);
    }

    private Filter migrated(String unit) {
      try {
        return context.createFilter(
            "(&(objectClass="
                + Migrated.class.getName()
                + ")("
                + Database.UNIT
                + "="
                + unit
                + "))");
      } catch (InvalidSyntaxException e) {
        throw new IllegalArgumentException("A unit's name has odd characters: " + unit, e);
      }
    }
  }

  private final class Door
      implements ServiceTrackerCustomizer<Migrated, ServiceRegistration<Database>> {
    private final String name;
    private final Database database;

    Door(String name, Database database) {
      this.name = name;
      this.database = database;
    }

    @Override
    public ServiceRegistration<Database> addingService(ServiceReference<Migrated> reference) {
      return context.registerService(Database.class, database, unit(name));
    }

    @Override
    public void modifiedService(
        ServiceReference<Migrated> reference, ServiceRegistration<Database> door) {}

    @Override
    public void removedService(
        ServiceReference<Migrated> reference, ServiceRegistration<Database> door) {
      door.unregister();
    }
  }
}
