package org.tonekeep.rest.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Publishes a component (registered as service {@code RestResource}) as a JAX-RS resource at a full
 * literal path, property {@code rest.base}. The class carries {@code @Path("/")}; its methods'
 * paths are below the base.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface RestBase {
  String PREFIX_ = "rest.";

  /** The base path, such as {@code /api/auth}. */
  String base();

  /** The feature that must be on for the tenant; empty for core resources. */
  String feature() default "";

  /** True when a method takes bodies past the limit for JSON (1 MiB) and counts its own bytes. */
  boolean streaming() default false;

  /**
   * The {@link LimitedAct} as which a POST to the base itself counts, such as {@code UPLOAD}, by
   * the account (or none), the network and the tenant; empty when it is not limited.
   */
  String limited() default "";
}
