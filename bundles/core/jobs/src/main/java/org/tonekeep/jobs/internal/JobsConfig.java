package org.tonekeep.jobs.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of this node's workers, PID {@code org.tonekeep.jobs}. */
@ObjectClassDefinition(name = "Tonekeep jobs", description = "The workers of this node")
public @interface JobsConfig {
  @AttributeDefinition(description = "Jobs done at the same time; 0 means one per processor")
  int workers() default 0;

  @AttributeDefinition(
      description = "Seconds after which the job of a worker that went silent is begun again")
  int lease_seconds() default 30;

  @AttributeDefinition(
      description = "Milliseconds between two looks for work that was not announced here")
  int poll_millis() default 500;
}
