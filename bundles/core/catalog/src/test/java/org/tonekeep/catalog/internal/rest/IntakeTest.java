package org.tonekeep.catalog.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.catalog.internal.Shelf.ALICE;
import static org.tonekeep.catalog.internal.Shelf.ANN;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import javax.servlet.ReadListener;
import javax.servlet.ServletInputStream;
import javax.servlet.http.HttpServletRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.internal.Shelf;
import org.tonekeep.catalog.internal.TrackDoor;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.storage.api.TooLargeException;
import org.tonekeep.storage.api.UnsupportedAudioException;
import org.tonekeep.testing.kit.TestDatabase.Engine;
import org.tonekeep.testing.kit.TestQuotas;

public final class IntakeTest {
  private static final String FORM = "multipart/form-data; boundary=xyz";

  private Shelf shelf;
  private Intake intake;

  @Before
  public void open() {
    shelf = new Shelf(Engine.DERBY);
    intake =
        new Intake(
            shelf.vault, new TestQuotas(), shelf.shelf, new TrackDoor(shelf.shelf), shelf.trail);
  }

  @After
  public void close() {
    shelf.close();
  }

  private Track receive(Request request) throws IOException {
    return intake.receive(ALICE, ANN, request.servlet(), Shelf.BY_ANN);
  }

  private void assertNothingLeft() {
    assertThat(shelf.vault.received).isEmpty();
    assertThat(shelf.vault.recorded).isEmpty();
    assertThat(shelf.store.ofOwner(ALICE, ANN, "", 10)).isEmpty();
    assertThat(shelf.jobs.all).isEmpty();
  }

  private void assertProblem(int status, String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.status()).isEqualTo(status);
              assertThat(e.code()).isEqualTo(code);
            });
    assertNothingLeft();
    AuditEntry written = shelf.audit.kept().get(shelf.audit.kept().size() - 1).entry();
    assertThat(written.action()).isEqualTo("track.upload");
    assertThat(written.success()).isFalse();
    assertThat(written.facts()).containsEntry("why", code);
  }

  @Test
  public void shouldTakeARawBodyWithItsTextsInTheQuery() throws Exception {
    Track track =
        receive(
            new Request("audio/mpeg", "ID3 music").query("title=My%20Song%00&artist=J%C3%B6rg"));
    assertThat(track.title()).isEqualTo("My Song");
    assertThat(track.artist()).isEqualTo("Jörg");
    assertThat(shelf.vault.received.get(track.original()))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("ID3 music");
  }

  @Test
  public void shouldNameARawUploadAfterItsFileOrUntitled() throws Exception {
    assertThat(
            receive(new Request("audio/mpeg", "x").header("X-File-Name", "a%20b.tar.mp3")).title())
        .isEqualTo("a b.tar");
    assertThat(receive(new Request("application/octet-stream", "x")).title()).isEqualTo("Untitled");
  }

  @Test
  public void shouldHonourFieldsBeforeAndAfterTheFile() throws Exception {
    Track track =
        receive(
            new Request(
                FORM,
                field("title", "Größe")
                    + file("file", "C:\\music\\song.mp3", "audio/mpeg", "ID3 bytes")
                    + field("genre", "House")
                    + "--xyz--\r\n"));
    assertThat(track.title()).isEqualTo("Größe");
    assertThat(track.genre()).isEqualTo("House");
    assertThat(shelf.vault.received.get(track.original()))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("ID3 bytes");
  }

  @Test
  public void shouldNameAFormsTrackAfterItsFile() throws Exception {
    String body = file("file", "C:\\music\\song.v2.mp3", "audio/mpeg", "x") + "--xyz--\r\n";
    assertThat(receive(new Request(FORM, body)).title()).isEqualTo("song.v2");
  }

  @Test
  public void shouldRefuseTwoFilesNoFileAndAnotherName() {
    String file = file("file", "a.mp3", "audio/mpeg", "x");
    assertProblem(422, "invalid", () -> receive(new Request(FORM, file + file + "--xyz--\r\n")));
    assertProblem(
        422, "invalid", () -> receive(new Request(FORM, field("title", "t") + "--xyz--\r\n")));
    assertProblem(
        422,
        "invalid",
        () -> receive(new Request(FORM, file("song", "a.mp3", "audio/mpeg", "x") + "--xyz--\r\n")));
  }

  @Test
  public void shouldThrowTheBytesAwayWhenAFieldAfterThemIsWrong() {
    String body =
        file("file", "a.mp3", "audio/mpeg", "x") + field("title", "t".repeat(301)) + "--xyz--\r\n";
    assertProblem(422, "invalid", () -> receive(new Request(FORM, body)));
    String flood =
        file("file", "a.mp3", "audio/mpeg", "x")
            + field("title", "t".repeat(5_000))
            + "--xyz--\r\n";
    assertProblem(422, "invalid", () -> receive(new Request(FORM, flood)));
  }

  @Test
  public void shouldLeaveNothingWhenTheClientBreaksOff() {
    assertProblem(
        400,
        "incomplete-body",
        () -> receive(new Request("audio/mpeg", "half of it").announce(1_000)));
    assertProblem(
        400, "incomplete-body", () -> receive(new Request("audio/mpeg", "half of it").breaking()));
    String cut = file("file", "a.mp3", "audio/mpeg", "half of it").stripTrailing();
    assertProblem(400, "incomplete-body", () -> receive(new Request(FORM, cut).breaking()));
    assertProblem(400, "incomplete-body", () -> receive(new Request(FORM, cut)));
  }

  @Test
  public void shouldRefuseWhatIsNoAudio() {
    assertThatThrownBy(() -> receive(new Request("audio/mpeg", "text")))
        .isInstanceOf(UnsupportedAudioException.class);
    assertNothingLeft();
    assertThatThrownBy(
            () ->
                receive(
                    new Request(FORM, file("file", "a.mp3", "audio/mpeg", "text") + "--xyz--\r\n")))
        .isInstanceOf(UnsupportedAudioException.class);
    assertNothingLeft();
    assertProblem(
        415, "unsupported-media-type", () -> receive(new Request("application/json", "{}")));
  }

  @Test
  public void shouldRefuseAFormWithoutABoundary() {
    assertProblem(
        400, "malformed-multipart", () -> receive(new Request("multipart/form-data", "x")));
  }

  @Test
  public void shouldRefuseALongTitleBeforeReadingTheBytes() {
    Request request = new Request("audio/mpeg", "x").query("title=" + "t".repeat(301));
    assertProblem(422, "invalid", () -> receive(request));
    assertThat(request.read).isFalse();
  }

  @Test
  public void shouldRefuseWhatAnnouncesTooMuchBeforeReadingIt() throws Exception {
    long most = Shelf.MemoryVault.MAX_BYTES;
    Request raw = new Request("audio/mpeg", "x").announce(most + 1);
    Request form = new Request(FORM, "x").announce(most + 1_000_000);
    for (Request request : new Request[] {raw, form}) {
      assertThatThrownBy(() -> receive(request)).isInstanceOf(TooLargeException.class);
      assertThat(request.opened).isFalse();
    }
    assertNothingLeft();
    String parts = file("file", "a.mp3", "audio/mpeg", "x".repeat((int) most)) + "--xyz--\r\n";
    assertThat(receive(new Request(FORM, parts)).sizeBytes()).isEqualTo(most);
  }

  @Test
  public void shouldNotReadARefusedFormToItsEnd() {
    String huge = file("file", "a.mp3", "audio/mpeg", "x".repeat(5_000_000)) + "--xyz--\r\n";
    Request request = new Request(FORM, huge).announce(-1);
    assertThatThrownBy(() -> receive(request)).isInstanceOf(TooLargeException.class);
    assertThat(request.body.available()).isGreaterThan(4_900_000);
    assertNothingLeft();
  }

  private static String field(String name, String value) {
    return "--xyz\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"\r\n\r\n"
        + value
        + "\r\n";
  }

  private static String file(String name, String fileName, String type, String content) {
    return "--xyz\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"; filename=\""
        + fileName
        + "\"\r\nContent-Type: "
        + type
        + "\r\n\r\n"
        + content
        + "\r\n";
  }

  /** A request as the intake sees it. */
  private static final class Request {
    private final Map<String, Object> answers = new TreeMap<>();
    private final Map<String, String> headers = new TreeMap<>();
    private final ByteArrayInputStream body;
    private boolean breaking;
    private boolean read;
    private boolean opened;

    Request(String type, String body) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      this.body = new ByteArrayInputStream(bytes);
      answers.put("getContentType", type);
      answers.put("getContentLengthLong", (long) bytes.length);
      answers.put("getContentLength", bytes.length);
    }

    Request query(String query) {
      answers.put("getQueryString", query);
      return this;
    }

    Request header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    Request announce(long length) {
      answers.put("getContentLengthLong", length);
      return this;
    }

    /** The connection breaks instead of ending. */
    Request breaking() {
      breaking = true;
      answers.put("getContentLengthLong", -1L);
      return this;
    }

    HttpServletRequest servlet() {
      return (HttpServletRequest)
          Proxy.newProxyInstance(
              IntakeTest.class.getClassLoader(),
              new Class<?>[] {HttpServletRequest.class},
              (proxy, method, args) -> answer(method.getName(), args));
    }

    private @Nullable Object answer(String name, @Nullable Object[] args) {
      return switch (name) {
        case "getInputStream" -> {
          opened = true;
          yield new Body();
        }
        case "getHeader" -> headers.get(args[0]);
        default -> answers.get(name);
      };
    }

    @SuppressWarnings("InputStreamSlowMultibyteRead") // a few bytes
    private final class Body extends ServletInputStream {
      @Override
      public int read() throws IOException {
        read = true;
        int next = body.read();
        if (next < 0 && breaking) {
          throw new IOException("Early EOF");
        }
        return next;
      }

      @Override
      public boolean isFinished() {
        return false;
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setReadListener(ReadListener listener) {
        throw new UnsupportedOperationException();
      }
    }
  }
}
