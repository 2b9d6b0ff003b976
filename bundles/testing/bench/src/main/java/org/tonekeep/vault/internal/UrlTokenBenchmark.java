package org.tonekeep.vault.internal;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Holder;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.SignedUrls.Disposition;
import org.tonekeep.tenant.api.TenantId;

/** What each request for bytes costs before the database is asked, without the MAC. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class UrlTokenBenchmark {
  private static final TenantId TENANT = new TenantId("demo");
  private static final String ID = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";

  private final UrlToken token =
      new UrlToken(
          TENANT,
          "demo.example",
          List.of(new Holder(Holder.SESSION, ID, Optional.of(new AccountId(ID)), 0)),
          new BlobKey(TENANT, ID, "original", ID),
          ID,
          UrlToken.GET_HEAD,
          Disposition.INLINE,
          "A song with a name.mp3",
          Instant.EPOCH,
          Instant.EPOCH,
          "AAAAAAAAAAAAAAAAAAAAAA");
  private final String text = Base64.getUrlEncoder().withoutPadding().encodeToString(token.bytes());

  /** Writing a token. */
  @Benchmark
  public String write() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.bytes());
  }

  /** Reading one, which writes it again to see that it has the one form. */
  @Benchmark
  public Object read() {
    return UrlToken.parse(Base64.getUrlDecoder().decode(text));
  }
}
