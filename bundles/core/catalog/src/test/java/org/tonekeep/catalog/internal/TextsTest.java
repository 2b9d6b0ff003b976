package org.tonekeep.catalog.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.Test;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.catalog.api.TrackState;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.tenant.api.TenantId;

public final class TextsTest {
  private static final String ID = "00000000-0000-7000-8000-000000000001";

  private static String fileName(String title, String format) {
    TenantId tenant = new TenantId("alice");
    AccountId owner = new AccountId(ID);
    return Texts.fileNameOf(
        new Track(
            tenant,
            new TrackId(ID),
            owner,
            title,
            "",
            "",
            new BlobKey(tenant, ID, "original", ID),
            "audio/mpeg",
            format,
            1,
            "",
            null,
            null,
            null,
            null,
            null,
            TrackState.READY,
            null,
            Instant.EPOCH,
            null,
            null));
  }

  @Test
  public void shouldNameAFileByTitleAndFormatWithoutDoublingTheEnding() {
    assertThat(fileName("My Song", "mp3")).isEqualTo("My Song.mp3");
    assertThat(fileName("om_boogi.mp3", "mp3")).isEqualTo("om_boogi.mp3");
    assertThat(fileName("LOUD.MP3", "mp3")).isEqualTo("LOUD.MP3");
    assertThat(fileName("mp3", "mp3")).isEqualTo("mp3.mp3");
    assertThat(fileName("take 1.aif", "aiff")).isEqualTo("take 1.aif");
    assertThat(fileName("bounce.wav", "flac")).isEqualTo("bounce.wav.flac");
    assertThat(fileName("v1.2", "wav")).isEqualTo("v1.2.wav");
  }
}
