package org.tonekeep.rest.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.Tenant;

/**
 * {@code /api/openapi.json} and {@code /api/docs}: what is active for the tenant. Read when
 * somebody asks, and only what came since; what comes or goes does not wait for it.
 */
@Component(service = ApiDocs.class)
public final class ApiDocs {
  static final String DOCUMENT = "/api/openapi.json";
  private static final int KEPT = 64;

  private final RestPublisher resources;
  private final Gate gate;
  private final Callers callers;
  private final DocsPage page = new DocsPage();
  private final Map<Key, StaticFile> documents =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, StaticFile> eldest) {
          return size() > KEPT;
        }
      };

  /** What a document depends on. Numbers, not classes: a bundle that went is not held. */
  private record Key(Set<Long> resources, String title, String root, String cookie) {}

  @Activate
  public ApiDocs(
      @Reference RestPublisher resources, @Reference Gate gate, @Reference Callers callers) {
    this.resources = resources;
    this.gate = gate;
    this.callers = callers;
  }

  /** Serves the request if it is for the document or its page. */
  boolean serve(Target target, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean forPage = DocsPage.serves(target.path());
    if (!forPage && !target.path().equals(DOCUMENT)) {
      return false;
    }
    // Pages are on the tenant's own host only: under a prefix they would share its cookies.
    if (forPage && !target.root().isEmpty()) {
      throw ProblemException.notFound();
    }
    if (forPage) {
      StaticFile file =
          page.find(target.path(), target.tenant()).orElseThrow(ProblemException::notFound);
      response.setHeader("Content-Security-Policy", DocsPage.POLICY);
      file.send(request, response);
    } else {
      document(target).send(request, response);
    }
    return true;
  }

  private StaticFile document(Target target) {
    Tenant tenant = target.tenant();
    List<Published> on =
        resources.all().stream()
            .filter(r -> r.feature().isEmpty() || gate.isOn(tenant.id(), r.feature()))
            .toList();
    Key key =
        new Key(
            on.stream().map(Published::number).collect(Collectors.toSet()),
            tenant.title(),
            target.root(),
            callers.cookieName(tenant.id()).orElse(""));
    synchronized (documents) {
      return documents.computeIfAbsent(key, k -> write(k, on));
    }
  }

  private static StaticFile write(Key key, List<Published> on) {
    ApiDocument document = new ApiDocument();
    on.forEach(resource -> document.add(resource.base(), resource.description().get()));
    ObjectNode whole = document.finish(key.title(), key.root(), key.cookie());
    try {
      return StaticFile.of("application/json", Json.MAPPER.writeValueAsBytes(whole));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of JSON cannot be written", e);
    }
  }
}
