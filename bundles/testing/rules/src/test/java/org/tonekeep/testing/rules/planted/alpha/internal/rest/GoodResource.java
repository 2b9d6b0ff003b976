package org.tonekeep.testing.rules.planted.alpha.internal.rest;

import javax.ws.rs.core.Response;

/** As it should be. */
public interface GoodResource {
  Response answer();
}
