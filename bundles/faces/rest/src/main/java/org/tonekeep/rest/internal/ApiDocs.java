package org.tonekeep.rest.internal;

import java.io.IOException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.rest.api.Who;

/** {@code /api/openapi.json} and {@code /api/docs}: what is active for the tenant. */
@Component(service = ApiDocs.class)
public final class ApiDocs {
  @Activate
  public ApiDocs() {}

  boolean serve(Who who, Target target, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    return false;
  }
}
