package org.tonekeep.rest.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Marks a JAX-RS resource component; see {@link RestBase}. One instance serves all requests. */
@ConsumerType
public interface RestResource {}
