package org.tonekeep.storage.s3.internal;

import java.time.Duration;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Makes the library's client: nothing of it comes from files or variables of the machine. */
final class Clients {
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /** A connection that fell out of step with its answers is gone after this. */
  private static final Duration CONNECTION_LIFE = Duration.ofSeconds(60);

  private Clients() {}

  static S3Client of(S3Settings settings) {
    return of(settings, SystemDefaultDnsResolver.INSTANCE);
  }

  static S3Client of(S3Settings settings, DnsResolver resolver) {
    var client =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(settings.accessKey(), settings.secret())))
            .forcePathStyle(settings.pathStyle())
            .crossRegionAccessEnabled(false)
            .disableS3ExpressSessionAuth(true)
            // We send Content-MD5, which every server knows; trailers only some do.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(
                S3Configuration.builder()
                    .chunkedEncodingEnabled(false)
                    .expectContinueEnabled(false)
                    .build())
            .overrideConfiguration(
                all ->
                    all.apiCallTimeout(settings.call())
                        .apiCallAttemptTimeout(settings.oneTry())
                        .defaultProfileFile(ProfileFile.aggregator().build())
                        .defaultProfileName("none")
                        .retryStrategy(retries(settings)))
            .httpClient(http(settings, resolver));
    settings.endpoint().ifPresent(client::endpointOverride);
    return client.build();
  }

  /** Full jitter; the server's Retry-After counts when it is longer. */
  private static RetryStrategy retries(S3Settings settings) {
    BackoffStrategy wait = BackoffStrategy.exponentialDelay(FIRST_WAIT, LONGEST_WAIT);
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(settings.tries())
        .backoffStrategy(wait)
        .throttlingBackoffStrategy(wait)
        // Tries and time are bounded, and Breaker knows when the bucket is down.
        .circuitBreakerEnabled(false)
        .retryOnException(Clients::isCutAnswer)
        .build();
  }

  /** An answer that ended early: what it said is looked up again. */
  private static boolean isCutAnswer(Throwable failure) {
    return failure instanceof SdkClientException
        && String.valueOf(failure.getMessage()).startsWith("Could not parse XML");
  }

  private static SdkHttpClient http(S3Settings settings, DnsResolver resolver) {
    return Apache5HttpClient.builder()
        .maxConnections(settings.connections())
        .connectionAcquisitionTimeout(settings.connect())
        .connectionTimeout(settings.connect())
        .socketTimeout(settings.answer())
        .connectionTimeToLive(CONNECTION_LIFE)
        .expectContinueEnabled(false)
        .dnsResolver(resolver)
        .proxyConfiguration(
            ProxyConfiguration.builder()
                .useSystemPropertyValues(false)
                .useEnvironmentVariableValues(false)
                .build())
        .build();
  }
}
