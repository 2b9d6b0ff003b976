package org.tonekeep.persistence.internal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.persistence.api.Migrated;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.Readiness;

/**
 * Migrates each bundle that brings {@code migrations/} when it starts, says so with a {@link
 * Migrated} service, and opens a {@link Database} door once the bundle's persistence unit exists as
 * well.
 */
@Component(service = Readiness.class, immediate = true)
public final class Units implements Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(Units.class);

  private final BundleContext context;
  private final Tx tx;
  private final Migrator migrator;
  private final Map<String, String> failures = new ConcurrentHashMap<>();
  private final BundleTracker<List<ServiceRegistration<?>>> bundles;
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
    this.migrator = new Migrator(dataSource, clock);
    this.bundles = new BundleTracker<>(context, Bundle.STARTING | Bundle.ACTIVE, new Migrating());
    this.factories = new ServiceTracker<>(context, EntityManagerFactory.class, new Opening());
    bundles.open();
    factories.open();
  }

  @Deactivate
  void stop() {
    factories.close();
    bundles.close();
  }

  @Override
  public Health check() {
    return failures.isEmpty()
        ? new Health("migrations", true, "all tables are up to date")
        : new Health("migrations", false, String.join("; ", failures.values()));
  }

  private static Hashtable<String, Object> unit(String name) {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put(Database.UNIT, name);
    return properties;
  }

  private final class Migrating implements BundleTrackerCustomizer<List<ServiceRegistration<?>>> {
    @Override
    public @Nullable List<ServiceRegistration<?>> addingBundle(
        Bundle bundle, @Nullable BundleEvent event) {
      String name = String.valueOf(bundle.getSymbolicName());
      List<ServiceRegistration<?>> done = new ArrayList<>();
      try {
        for (Map.Entry<String, List<Migration>> unit : BundleMigrations.of(bundle).entrySet()) {
          migrator.migrate(unit.getKey(), unit.getValue());
          done.add(context.registerService(Migrated.class, new Migrated() {}, unit(unit.getKey())));
        }
        failures.remove(name);
      } catch (MigrationException e) {
        LOG.error("{} stays without its tables: {}", name, e.getMessage(), e);
        failures.put(name, name + ": " + e.getMessage());
      }
      return done.isEmpty() ? null : done;
    }

    @Override
    public void modifiedBundle(
        Bundle bundle, @Nullable BundleEvent event, List<ServiceRegistration<?>> done) {}

    @Override
    public void removedBundle(
        Bundle bundle, @Nullable BundleEvent event, List<ServiceRegistration<?>> done) {
      done.forEach(ServiceRegistration::unregister);
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
