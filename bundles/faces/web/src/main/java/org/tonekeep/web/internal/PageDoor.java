package org.tonekeep.web.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.rest.api.HttpDoor;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.Who;
import org.tonekeep.tenant.api.SettingKey;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.Tenants;

/**
 * Serves the one page whose script draws every route. It is never cached: it carries the nonce of
 * its own response, and says whether somebody is signed in.
 */
@Component(
    service = HttpDoor.class,
    property = {HttpDoor.PATH + "=/", HttpDoor.OWN_HOST_ONLY + ":Boolean=true"})
public final class PageDoor implements HttpDoor {
  private static final int NONCE_BYTES = 16;

  /** What people type who know other sites. */
  private static final Map<String, String> USUAL =
      Map.of("/login", "/signin", "/sign-in", "/signin", "/register", "/signup");

  /** The key is faces/rest's, whose guard lets no other cookie out. */
  private static final SettingKey<List<String>> COOKIES =
      SettingKey.list("cookies.allowed", "", "Cookies besides the session's.");

  private final MountedEntries entries;
  private final Tenants tenants;
  private final SecureRandom random = new SecureRandom();
  private final String template;

  @Activate
  public PageDoor(@Reference MountedEntries entries, @Reference Tenants tenants) {
    this.entries = entries;
    this.tenants = tenants;
    this.template = template();
  }

  @Override
  public void serve(Who who, String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!page(path, request)) {
      throw ProblemException.notFound();
    }
    Reading.require(request);
    String usual = USUAL.get(path);
    if (usual != null) {
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader("Location", usual);
      return;
    }
    Tenant tenant = tenants.require(who.tenant());
    String nonce = nonce();
    PageHeaders.set(response, nonce);
    response.setContentType("text/html; charset=utf-8");
    Reading.send(fill(tenant, who, nonce).getBytes(StandardCharsets.UTF_8), request, response);
  }

  /** A route of the pages has no ending and is no machine's address; the asker can read HTML. */
  private static boolean page(String path, HttpServletRequest request) {
    if (path.startsWith("/api/") || path.equals("/api") || path.startsWith("/b/")) {
      return false;
    }
    String accept = request.getHeader("Accept");
    boolean readsHtml =
        accept == null
            || accept.toLowerCase(Locale.ROOT).contains("text/html")
            || accept.contains("*/*");
    return readsHtml && path.indexOf('.') < 0;
  }

  private String fill(Tenant tenant, Who who, String nonce) {
    return template
        .replace("{{nonce}}", nonce)
        .replace("{{shell}}", entries.shell().address(""))
        .replace("{{locale}}", escape(tenant.locale().toLanguageTag()))
        .replace("{{session}}", who.caller().isPresent() ? "signed-in" : "anonymous")
        .replace("{{theme}}", tenant.get(COOKIES).contains("theme") ? "cookie" : "storage")
        // Last, so that a title is never read as a placeholder.
        .replace("{{title}}", escape(tenant.title()));
  }

  private String nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String template() {
    try (InputStream in = PageDoor.class.getResourceAsStream("/web/index.html")) {
      if (in == null) {
        throw new IllegalStateException("The bundle has lost its page");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
