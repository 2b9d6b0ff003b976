package org.tonekeep.rest.internal;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.rest.api.Who;
import org.tonekeep.tenant.api.Tenants;

/**
 * Lets no cookie out that the tenant does not promise, whoever sets it: a resource, a door, a
 * library, the container. What is stripped is reported by its name, never by its value.
 */
@Component(service = CookieGuard.class)
public final class CookieGuard {
  private static final Logger LOG = LoggerFactory.getLogger(CookieGuard.class);

  /** The one cookie that scripts of the page may read. */
  private static final String THEME = "theme";

  /** A name is reported once; past so many, the count must do. */
  private static final int REPORTED = 100;

  private final Tenants tenants;
  private final Callers callers;
  private final Set<String> reported = ConcurrentHashMap.newKeySet();
  private final LongAdder stripped;

  @Activate
  public CookieGuard(
      @Reference Tenants tenants, @Reference Callers callers, @Reference Metrics metrics) {
    this.tenants = tenants;
    this.callers = callers;
    this.stripped = metrics.counter("tonekeep_cookies_stripped", "");
  }

  /** The response, whose every {@code Set-Cookie} is looked at. */
  HttpServletResponse around(HttpServletRequest request, HttpServletResponse response) {
    return new GuardedResponse(response, header -> let(request, header));
  }

  /** The header as it may go out; empty when it may not. Before a tenant is known, none may. */
  private Optional<String> let(HttpServletRequest request, String header) {
    CookieLine line = CookieLine.parse(header);
    Who who = request.getAttribute(FrontServlet.WHO) instanceof Who known ? known : null;
    if (who == null || !isAllowed(who, line.name())) {
      stripped.increment();
      report(who == null ? "" : who.tenant().value(), line.printable());
      return Optional.empty();
    }
    return Optional.of(line.hardened(!line.name().equals(THEME), !who.peer().local()));
  }

  private boolean isAllowed(Who who, String name) {
    return callers.cookieName(who.tenant()).filter(name::equals).isPresent()
        || tenants
            .find(who.tenant())
            .filter(tenant -> tenant.get(SiteKeys.COOKIES_ALLOWED).contains(name))
            .isPresent();
  }

  private void report(String tenant, String name) {
    if (reported.size() < REPORTED && reported.add(tenant + '/' + name)) {
      LOG.warn("The cookie {} is none of those that {} promises: stripped", name, tenant);
    }
  }
}
