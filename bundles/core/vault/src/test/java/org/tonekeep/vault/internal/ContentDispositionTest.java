package org.tonekeep.vault.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;
import org.tonekeep.storage.api.SignedUrls.Disposition;

public final class ContentDispositionTest {
  private static String attachment(String name) {
    return ContentDisposition.of(Disposition.ATTACHMENT, ContentDisposition.clean(name, 150));
  }

  @Test
  public void shouldWriteAPlainNameTwice() {
    assertThat(attachment("a song.mp3"))
        .isEqualTo("attachment; filename=\"a song.mp3\"; filename*=UTF-8''a%20song.mp3");
    assertThat(ContentDisposition.of(Disposition.INLINE, "a"))
        .isEqualTo("inline; filename=\"a\"; filename*=UTF-8''a");
  }

  @Test
  public void shouldEncodeWhatAHeaderCannotHold() {
    assertThat(attachment("n\u00e4me \u2603 'quote\" $(id).mp3"))
        .isEqualTo(
            "attachment; filename=\"n_me _ 'quote_ $(id).mp3\";"
                + " filename*=UTF-8''n%C3%A4me%20%E2%98%83%20%27quote%22%20$%28id%29.mp3");
    assertThat(attachment("100%.mp3"))
        .isEqualTo("attachment; filename=\"100_.mp3\"; filename*=UTF-8''100%25.mp3");
  }

  @Test
  public void shouldLeaveNoWayOutOfTheHeaderOrTheFolder() {
    assertThat(attachment("a\r\nSet-Cookie: x=y")).doesNotContain("\r", "\n", ":");
    assertThat(ContentDisposition.clean("../../etc/passwd", 150)).isEqualTo(".._.._etc_passwd");
    assertThat(ContentDisposition.clean("..", 150)).isEqualTo("audio");
    assertThat(ContentDisposition.clean("song\u202e3pm.exe", 150)).isEqualTo("song3pm.exe");
    assertThat(ContentDisposition.clean("  ", 150)).isEqualTo("audio");
    assertThat(ContentDisposition.clean("x".repeat(500), 150)).hasSize(150);
  }
}
