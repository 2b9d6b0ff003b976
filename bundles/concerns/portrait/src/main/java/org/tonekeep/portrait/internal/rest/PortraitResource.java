package org.tonekeep.portrait.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import java.util.Locale;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Scope;
import org.tonekeep.portrait.internal.PortraitFeature;
import org.tonekeep.portrait.internal.Portraits;
import org.tonekeep.portrait.internal.Trays;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.RestBase;
import org.tonekeep.rest.api.RestResource;
import org.tonekeep.rest.api.Who;
import org.tonekeep.storage.api.SignedUrls;
import org.tonekeep.storage.api.SignedUrls.Disposition;
import org.tonekeep.storage.api.SignedUrls.Offer;
import org.tonekeep.storage.api.SignedUrls.SignedUrl;
import org.tonekeep.storage.api.TooLargeException;

/** The image of the own account. */
@Component(service = RestResource.class)
@RestBase(base = "/api/account/image", feature = PortraitFeature.ID, streaming = true)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class PortraitResource implements RestResource {
  private final Portraits portraits;
  private final Trays trays;
  private final SignedUrls urls;

  @Activate
  public PortraitResource(
      @Reference Portraits portraits, @Reference Trays trays, @Reference SignedUrls urls) {
    this.portraits = portraits;
    this.trays = trays;
    this.urls = urls;
  }

  /** Where it is for a while; 204 when there is none, which is no failure. */
  @GET
  @Operation(summary = "A short-lived address of my profile image, 204 when there is none")
  public Response get(@Context Who who) {
    Caller caller = withSession(who.signedIn());
    return portraits
        .find(caller)
        .map(held -> answer(who, held))
        .orElseGet(() -> Response.noContent().build());
  }

  /** Sets it. */
  @PUT
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Set my profile image: a raw body, image/jpeg or image/png, at most 8 MiB")
  public Response set(@Context Who who, @Context HttpServletRequest request) throws IOException {
    Caller caller = withSession(who.signedIn());
    requireImage(request.getContentType());
    long announced = request.getContentLengthLong();
    if (announced > Trays.MOST_BYTES) {
      throw new TooLargeException(Trays.MOST_BYTES);
    }
    try (Trays.Tray tray = trays.take(caller)) {
      portraits.admit(caller, who.peer());
      byte[] upload = tray.fill(request.getInputStream(), announced);
      return answer(who, portraits.set(caller, upload, who.peer()));
    }
  }

  /** Removes it. */
  @DELETE
  @Operation(summary = "Remove my profile image")
  public Response remove(@Context Who who) {
    portraits.remove(withSession(who.signedIn()), who.peer());
    return Response.noContent().build();
  }

  private Response answer(Who who, Portraits.Held held) {
    String name = held.blob().mediaType().equals("image/png") ? "portrait.png" : "portrait.jpg";
    SignedUrl url =
        urls.sign(who, new Offer(held.blob(), held.blob().key().id(), Disposition.INLINE, name));
    return Response.ok(
            new PortraitJson(
                who.root() + url.path(),
                url.expiresAt(),
                held.portrait().width(),
                held.portrait().height()))
        .header("Cache-Control", "no-store")
        .build();
  }

  /** The type that is said only rules out what cannot be meant; the bytes decide. */
  private static void requireImage(String type) {
    String media = type == null ? "" : type.replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT);
    if (!media.equals("image/jpeg") && !media.equals("image/png")) {
      throw ProblemException.of(
          415, "unsupported-image", "Unsupported image", "Send a JPEG or a PNG image");
    }
  }

  private static Caller withSession(Caller caller) {
    if (!caller.scopes().contains(Scope.SESSION)) {
      throw ProblemException.of(
          403, "session-required", "Not with a key", "Sign in with your password to do this");
    }
    return caller;
  }
}
