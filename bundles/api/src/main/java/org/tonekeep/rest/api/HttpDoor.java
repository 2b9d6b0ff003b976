package org.tonekeep.rest.api;

import java.io.IOException;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A part of a tenant's site that is not JAX-RS: byte streams, pages. Registered with the service
 * property {@link #PATH}; faces/rest has resolved the tenant and the caller and asked the gate, and
 * the longest path wins. A {@link ProblemException} (or an api exception) that it throws becomes a
 * problem document. It may start async processing.
 */
@ConsumerType
public interface HttpDoor {
  /** Service property: a literal path prefix below the tenant's root, such as {@code /b/}. */
  String PATH = "door.path";

  /** Service property: the feature that must be on; absent for core doors. */
  String FEATURE = "door.feature";

  /**
   * Service property {@code true}: served on the tenant's own host only, never under {@code /t/}.
   */
  String OWN_HOST_ONLY = "door.ownHostOnly";

  /**
   * @param path the request's path below the tenant's root, decoded, beginning with the door's path
   */
  void serve(Who who, String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException;
}
