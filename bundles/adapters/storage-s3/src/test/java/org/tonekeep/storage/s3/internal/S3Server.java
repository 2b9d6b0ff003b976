package org.tonekeep.storage.s3.internal;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/** A real S3 server on the loopback that checks signatures; one for all tests of this process. */
final class S3Server {
  static final String ACCESS = "AK" + UUID.randomUUID();
  static final String SECRET = UUID.randomUUID().toString();

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final S3Server ONE = new S3Server("transient-nio2", new Properties(), null);

  private final S3Proxy proxy;

  private S3Server(String store, Properties properties, String virtualHost) {
    try {
      S3Proxy.Builder builder =
          S3Proxy.builder()
              .blobStore(BlobStores.create(store, properties))
              .endpoint(URI.create("http://127.0.0.1:0"))
              .awsAuthentication(AuthenticationType.AWS_V4, ACCESS, SECRET);
      if (virtualHost != null) {
        builder.virtualHost(virtualHost);
      }
      proxy = builder.build();
      proxy.start();
    } catch (Exception e) {
      throw new IllegalStateException("The S3 server does not start", e);
    }
  }

  /** The server whose objects are in the heap. */
  static S3Server shared() {
    return ONE;
  }

  /** A server of its own that takes the bucket from the host's name. */
  static S3Server withHost(String host) {
    return new S3Server("transient-nio2", new Properties(), host);
  }

  void stop() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The S3 server does not stop", e);
    }
  }

  int port() {
    return proxy.getPort();
  }

  /** A new bucket, reached without a detour. */
  Bucket newBucket() {
    return newBucket(port());
  }

  /** A new bucket that is reached through a port of this machine. */
  Bucket newBucket(int port) {
    String name = "b" + UUID.randomUUID();
    try (S3Client direct = Clients.of(settings(port(), name))) {
      var unused = direct.createBucket(r -> r.bucket(name));
    } catch (BucketAlreadyOwnedByYouException slow) {
      // A try before, whose answer came too late on a busy machine.
      return bucket(settings(port, name));
    }
    return bucket(settings(port, name));
  }

  static Bucket bucket(S3Settings settings) {
    return new Bucket(Clients.of(settings), settings);
  }

  /** Short waits; the server answers 501 to a header for encryption, so there is none. */
  static S3Settings settings(int port, String bucket) {
    return new S3Settings(
        Optional.of(URI.create("http://127.0.0.1:" + port)),
        "us-east-1",
        bucket,
        "tone/keep/",
        ACCESS,
        SECRET,
        true,
        S3Settings.Encryption.NONE,
        Set.of(),
        5 << 20,
        200,
        SECOND,
        SECOND.multipliedBy(2),
        SECOND.multipliedBy(10),
        SECOND.multipliedBy(30),
        8);
  }
}
