package org.tonekeep.storage.s3.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.junit.Test;

public final class LeftoversTest {
  private static String begin(Bucket bucket, String object) throws IOException {
    return bucket
        .ask(c -> c.createMultipartUpload(r -> r.bucket(bucket.name()).key(object)))
        .uploadId();
  }

  private static int open(Bucket bucket) throws IOException {
    return bucket.ask(c -> c.listMultipartUploads(r -> r.bucket(bucket.name()))).uploads().size();
  }

  @Test
  public void shouldAbortOurUploadsThatAreADayOldAndNoOthers() throws IOException {
    Bucket bucket = S3Server.shared().newBucket();
    begin(bucket, "tone/keep/alice/one");
    begin(bucket, "tone/keep/alice/two");
    begin(bucket, "somebody/else");
    assertThat(new Leftovers(bucket, Clock.systemUTC()).sweep()).isZero();
    assertThat(open(bucket)).isEqualTo(3);
    Clock later = Clock.offset(Clock.systemUTC(), Leftovers.AGE.plus(Duration.ofMinutes(1)));
    assertThat(new Leftovers(bucket, later).sweep()).isEqualTo(2);
    assertThat(open(bucket)).isEqualTo(1);
  }
}
