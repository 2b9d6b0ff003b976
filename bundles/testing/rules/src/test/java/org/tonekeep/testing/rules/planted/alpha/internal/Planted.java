package org.tonekeep.testing.rules.planted.alpha.internal;

import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;
import javax.persistence.Entity;
import javax.persistence.EntityManager;
import javax.persistence.Id;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.core.Response;
import org.apache.karaf.shell.api.action.Action;
import org.tonekeep.testing.rules.planted.beta.internal.Neighbour;
import org.tonekeep.testing.rules.planted.tenant.api.TenantId;

/** One bad example of each law, nested. */
public final class Planted {
  private Planted() {}

  /** Breaks the one rule. */
  public static final class Visits {
    Neighbour[] neighbours = {};
  }

  /** Queries outside of internal.jpa. */
  public interface Queries {
    EntityManager manager();
  }

  /** Speaks HTTP outside of internal.rest. */
  public interface Answers {
    Response answer();
  }

  /** A command outside of internal.console. */
  public abstract static class Commands implements Action {}

  /** Opens a connection of its own. */
  public interface Dials {
    Socket dial();
  }

  /** Forgets the tenant. */
  public interface ForgetfulStore {
    String find(String id);

    String findRightly(TenantId tenant, String id);
  }

  /** An entity outside of internal.jpa. */
  @Entity
  public static class StrayEntity {
    @Id String id = "";
  }

  /** Asks the machine for the time, also by reference. */
  public static final class Watches {
    Supplier<Instant> now = Instant::now;

    Instant rightly(Clock clock) {
      return Instant.now(clock);
    }
  }

  /** Looks at who sent a request. */
  public static final class Stares {
    String stare(HttpServletRequest request) {
      return request.getRemoteAddr();
    }

    String rightly(HttpServletRequest request) {
      return request.getMethod();
    }
  }

  /** Named for what it is not. */
  public static final class ThingManager {}
}
