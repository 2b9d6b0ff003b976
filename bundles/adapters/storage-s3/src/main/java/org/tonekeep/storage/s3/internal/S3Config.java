package org.tonekeep.storage.s3.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the bucket, PID {@code org.tonekeep.storage.s3}. */
@ObjectClassDefinition(name = "Tonekeep storage in S3", description = "The bucket")
public @interface S3Config {
  @AttributeDefinition(description = "Name of the bucket; empty: no adapter")
  String bucket() default "";

  @AttributeDefinition(description = "Address of the server; empty: Amazon's of the region")
  String endpoint() default "";

  @AttributeDefinition(description = "Region, as the server names it")
  String region() default "us-east-1";

  @AttributeDefinition(description = "What all our keys begin with; empty or ending with /")
  String prefix() default "";

  @AttributeDefinition(description = "Id of the access key")
  String access_key() default "";

  @AttributeDefinition(description = "A file that holds the secret key and nothing else")
  String secret_file() default "";

  @AttributeDefinition(description = "Or the environment variable that holds it")
  String secret_env() default "TONEKEEP_S3_SECRET";

  @AttributeDefinition(description = "Whether the bucket is in the path, not in the host name")
  boolean path_style() default true;

  @AttributeDefinition(description = "AES256, aws:kms or none")
  String sse() default "AES256";

  @AttributeDefinition(description = "Kinds of blobs that the bucket takes; empty: all")
  String[] kinds() default {};

  @AttributeDefinition(description = "MiB of a part of a large upload, 5 to 64: its heap")
  int part_mib() default 5;

  @AttributeDefinition(description = "Most connections at once")
  int connections() default 600;

  @AttributeDefinition(description = "Seconds to wait for a connection")
  int connect_seconds() default 5;

  @AttributeDefinition(description = "Seconds of silence until an answer is given up")
  int answer_seconds() default 15;

  @AttributeDefinition(description = "Seconds for one try of a call")
  int try_seconds() default 60;

  @AttributeDefinition(description = "Seconds for a call with all of its tries")
  int call_seconds() default 150;

  @AttributeDefinition(description = "Most tries of a call")
  int tries() default 8;
}
