package org.tonekeep.mail.smtp.internal;

import java.util.Dictionary;
import java.util.Hashtable;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.mail.api.MailSender;
import org.tonekeep.rest.api.Readiness;

/**
 * Registers the adapter while the configuration names a server. Without one there is no adapter,
 * and mails of tenants that chose it wait.
 */
@Component(service = Readiness.class, immediate = true, configurationPid = "org.tonekeep.mail.smtp")
@Designate(ocd = SmtpConfig.class)
public final class SmtpStart implements Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(SmtpStart.class);
  private static final String PART = "mail-smtp";

  private final String words;
  private final @Nullable ServiceRegistration<MailSender> registration;

  @Activate
  public SmtpStart(BundleContext context, SmtpConfig config) {
    ServiceRegistration<MailSender> registered = null;
    String said;
    if (config.host().isBlank()) {
      said = "no server is configured";
    } else {
      try {
        SmtpServer server = SmtpServer.of(config);
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(MailSender.ADAPTER, "smtp");
        registered =
            context.registerService(MailSender.class, new SmtpMailSender(server), properties);
        said = "sends by " + server;
      } catch (IllegalArgumentException e) {
        said = "org.tonekeep.mail.smtp.cfg: " + e.getMessage();
        LOG.error("Mails cannot be sent by SMTP: {}", said);
      }
    }
    this.words = said;
    this.registration = registered;
  }

  @Deactivate
  void stop() {
    if (registration != null) {
      registration.unregister();
    }
  }

  /** Never unready: mails wait, and no visitor is better off elsewhere. */
  @Override
  public Health check() {
    return new Health(PART, true, words);
  }
}
