package org.tonekeep.catalog.internal.rest;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.servlet.http.HttpServletRequest;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.InvalidFileNameException;
import org.apache.commons.fileupload.UploadContext;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.api.TrackTexts;
import org.tonekeep.catalog.internal.ByWhom;
import org.tonekeep.catalog.internal.TrackDoor;
import org.tonekeep.catalog.internal.TrackShelf;
import org.tonekeep.catalog.internal.TrackTrail;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.Quotas;
import org.tonekeep.storage.api.TooLargeException;
import org.tonekeep.storage.api.Vault;
import org.tonekeep.tenant.api.TenantId;

/**
 * Takes an upload, raw or as a form: the bytes stream from the connection into the vault, part by
 * part as they come, and become a track when the whole request was good. Otherwise nothing is left.
 */
@Component(service = Intake.class)
public final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final int MAX_FIELD_BYTES = 4_096;
  private static final int MAX_PARTS = 20;
  private static final int MAX_PART_HEADER = 8_192;

  /** More than a form can have around the bytes of its file. */
  private static final int MAX_FORM_OVERHEAD =
      (MAX_PARTS + 1) * (MAX_PART_HEADER + MAX_FIELD_BYTES);

  private final Vault vault;
  private final Quotas quotas;
  private final TrackShelf shelf;
  private final TrackDoor door;
  private final TrackTrail trail;

  @Activate
  public Intake(
      @Reference Vault vault,
      @Reference Quotas quotas,
      @Reference TrackShelf shelf,
      @Reference TrackDoor door,
      @Reference TrackTrail trail) {
    this.vault = vault;
    this.quotas = quotas;
    this.shelf = shelf;
    this.door = door;
    this.trail = trail;
  }

  /** Receives the request's body as a track of the owner. */
  Track receive(TenantId tenant, AccountId owner, HttpServletRequest request, ByWhom by)
      throws IOException {
    try {
      return receiveAll(tenant, owner, request, by);
    } catch (IOException | RuntimeException e) {
      trail.refused(tenant, owner, by, e);
      throw e;
    }
  }

  private Track receiveAll(TenantId tenant, AccountId owner, HttpServletRequest request, ByWhom by)
      throws IOException {
    String type = request.getContentType();
    String media = type == null ? "" : type.replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT);
    boolean form = media.equals("multipart/form-data");
    if (!form) {
      requireAudio(media);
    }
    requireRoom(tenant, owner, request, form ? MAX_FORM_OVERHEAD : 0);
    ClientStream body = new ClientStream(request.getInputStream(), request.getContentLengthLong());
    Received received = new Received();
    try {
      if (form) {
        readForm(tenant, owner, request, body, received);
      } else {
        readRaw(tenant, owner, request, body, received);
      }
      return keep(tenant, owner, received, by);
    } catch (IOException | RuntimeException e) {
      received.abandon(vault, tenant, e);
      if (body.broken() || received.broken) {
        LOG.debug("An upload was broken off", e);
        throw ProblemException.of(
            400, "incomplete-body", "Upload broken off", "The upload ended before it was complete");
      }
      throw e;
    }
  }

  /** Refuses what announces more than the tenant takes, before a byte of it is read. */
  private void requireRoom(
      TenantId tenant, AccountId owner, HttpServletRequest request, long overhead) {
    long limit = vault.maxUploadBytes(tenant);
    long announced = request.getContentLengthLong() - overhead;
    if (announced > limit) {
      throw new TooLargeException(limit);
    }
    quotas.require(tenant, owner.value(), Math.max(0, announced));
  }

  private static void requireAudio(String media) {
    boolean audio =
        media.isEmpty()
            || media.startsWith("audio/")
            || media.equals("application/octet-stream")
            || media.equals("application/ogg")
            || media.equals("video/mp4");
    if (!audio) {
      throw ProblemException.of(
          415,
          "unsupported-media-type",
          "Unsupported media type",
          "Send audio/*, application/octet-stream or multipart/form-data");
    }
  }

  private void readRaw(
      TenantId tenant,
      AccountId owner,
      HttpServletRequest request,
      ClientStream body,
      Received received)
      throws IOException {
    Map<String, String> fields = received.fields;
    for (String name : new String[] {"title", "artist", "genre"}) {
      String value = queryParameter(request, name);
      if (value != null) {
        fields.put(name, value);
      }
    }
    String fileName = request.getHeader("X-File-Name");
    if (fileName != null) {
      received.fileName = decoded(fileName);
    }
    TrackTexts unused = received.checked(door); // refused before gigabytes are read, not after
    received.blob = vault.receiveAudio(tenant, owner.value(), body);
  }

  /** Reads the query itself: asking the container for a parameter could make it read the body. */
  private static @Nullable String queryParameter(HttpServletRequest request, String name) {
    String query = request.getQueryString();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        if (pair.startsWith(name + "=")) {
          return decoded(pair.substring(name.length() + 1));
        }
      }
    }
    return null;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ProblemException.of(
          400, "malformed-request", "Malformed request", "A percent escape is not right");
    }
  }

  private void readForm(
      TenantId tenant,
      AccountId owner,
      HttpServletRequest request,
      ClientStream body,
      Received received)
      throws IOException {
    FileUpload parser = new FileUpload();
    parser.setHeaderEncoding(StandardCharsets.UTF_8.name());
    parser.setPartHeaderSizeMax(MAX_PART_HEADER);
    try {
      FileItemIterator parts = parser.getItemIterator(new Form(request, body));
      for (int count = 0; parts.hasNext(); count++) {
        if (count == MAX_PARTS) {
          throw ProblemException.invalid(new FieldError("", "At most " + MAX_PARTS + " parts"));
        }
        readPart(tenant, owner, parts.next(), received);
      }
    } catch (FileUploadException | InvalidFileNameException e) {
      throw malformed(e);
    } catch (org.apache.commons.fileupload.MultipartStream.MalformedStreamException e) {
      throw malformed(e);
    }
    if (received.blob == null) {
      throw ProblemException.invalid(new FieldError("/file", "The form has no file"));
    }
  }

  private static ProblemException malformed(Exception cause) {
    LOG.debug("A form was malformed", cause);
    return ProblemException.of(
        400, "malformed-multipart", "Malformed form", "The multipart body is damaged or cut off");
  }

  private void readPart(TenantId tenant, AccountId owner, FileItemStream part, Received received)
      throws IOException {
    String name = part.getFieldName() == null ? "" : part.getFieldName();
    if (!part.isFormField() && !name.equals("file")) {
      throw ProblemException.invalid(new FieldError("/" + name, "The file's part is named file"));
    }
    // Not closed here: closing reads the part to its end, however long it is, also after a refusal.
    // The parser closes what was read when it goes on to the next part.
    ClientStream content = new ClientStream(part.openStream(), -1);
    try {
      if (!name.equals("file")) {
        received.fields.put(name, text(name, content));
        return;
      }
      if (received.blob != null) {
        throw ProblemException.invalid(new FieldError("/file", "One file at a time"));
      }
      String fileName = part.getName();
      received.fileName = fileName == null ? "" : fileName;
      received.blob = vault.receiveAudio(tenant, owner.value(), content);
    } finally {
      received.broken |= content.broken();
    }
  }

  private static String text(String name, InputStream content) throws IOException {
    byte[] bytes = content.readNBytes(MAX_FIELD_BYTES + 1);
    if (bytes.length > MAX_FIELD_BYTES) {
      throw ProblemException.invalid(new FieldError("/" + name, "Too long"));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private Track keep(TenantId tenant, AccountId owner, Received received, ByWhom by) {
    TrackTexts texts = received.checked(door);
    Blob blob = java.util.Objects.requireNonNull(received.blob);
    received.blob = null; // from here on the shelf throws it away when it must
    return shelf.put(tenant, owner, blob, texts, by);
  }

  /** What has come so far. */
  private static final class Received {
    private final Map<String, String> fields = new HashMap<>();
    private String fileName = "";
    private @Nullable Blob blob;
    private boolean broken;

    TrackTexts checked(TrackDoor door) {
      return door.describe(
          fields.get("title"), fields.get("artist"), fields.get("genre"), fileName);
    }

    void abandon(Vault vault, TenantId tenant, Exception cause) {
      Blob unwanted = blob;
      if (unwanted != null) {
        try {
          vault.abandon(tenant, unwanted);
        } catch (RuntimeException e) {
          cause.addSuppressed(e);
        }
      }
    }
  }

  /** A request as the parser wants it. */
  private record Form(HttpServletRequest request, ClientStream body) implements UploadContext {
    @Override
    public String getCharacterEncoding() {
      return StandardCharsets.UTF_8.name();
    }

    @Override
    public String getContentType() {
      return String.valueOf(request.getContentType());
    }

    @Override
    @Deprecated
    public int getContentLength() {
      return request.getContentLength();
    }

    @Override
    public long contentLength() {
      return request.getContentLengthLong();
    }

    @Override
    public InputStream getInputStream() {
      return body;
    }
  }
}
