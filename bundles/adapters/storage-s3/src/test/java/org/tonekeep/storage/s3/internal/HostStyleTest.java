package org.tonekeep.storage.s3.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.Test;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.tenant.api.TenantId;

/** The bucket in the host's name, and keys that the server does not know. */
public final class HostStyleTest {
  private static final String HOST = "s3.test";
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private static BlobKey key() {
    String owner = UUID.randomUUID().toString();
    return new BlobKey(new TenantId("alice"), owner, "original", UUID.randomUUID().toString());
  }

  private final DnsResolver loopback =
      new DnsResolver() {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
          asked.add(host);
          return new InetAddress[] {InetAddress.getLoopbackAddress()};
        }

        @Override
        public String resolveCanonicalHostname(String host) {
          return host;
        }
      };

  private static S3Settings with(S3Settings of, URI endpoint, String secret, boolean path) {
    return new S3Settings(
        Optional.of(endpoint),
        of.region(),
        of.bucket(),
        of.prefix(),
        of.accessKey(),
        secret,
        path,
        of.encryption(),
        of.kinds(),
        of.partBytes(),
        of.connections(),
        of.connect(),
        of.answer(),
        of.oneTry(),
        of.call(),
        of.tries());
  }

  @Test
  public void shouldPutTheBucketIntoTheHostsName() throws IOException {
    S3Server server = S3Server.withHost(HOST);
    try {
      S3Settings path = S3Server.settings(server.port(), "host-style");
      URI endpoint = URI.create("http://" + HOST + ":" + server.port());
      S3Settings host = with(path, endpoint, S3Server.SECRET, false);
      Bucket bucket = new Bucket(Clients.of(host, loopback), host);
      bucket.ask(c -> c.createBucket(r -> r.bucket("host-style")));
      S3BlobStore store = new S3BlobStore(bucket);
      BlobKey key = key();
      store.put(key, new ByteArrayInputStream(new byte[] {1, 2, 3}));
      try (InputStream in = store.read(key, 1, BlobStore.TO_THE_END)) {
        assertThat(in.readAllBytes()).containsExactly(2, 3);
      }
      assertThat(store.delete(key)).isTrue();
      assertThat(asked).contains("host-style." + HOST).doesNotContain(HOST);
    } finally {
      server.stop();
    }
  }

  @Test
  public void shouldBeRefusedWithAWrongSecretAndNotSayIt() {
    Bucket bucket = S3Server.shared().newBucket();
    S3Settings wrong =
        with(bucket.settings(), bucket.settings().endpoint().orElseThrow(), "wr0ng", true);
    S3BlobStore store = new S3BlobStore(S3Server.bucket(wrong));
    assertThatThrownBy(() -> store.stat(key()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("403")
        .hasMessageNotContaining("wr0ng");
  }
}
