/**
 * Outgoing mail. {@code MailQueue} makes a letter from a template ({@code TemplateBoard}, {@code
 * Overrides}, {@code TemplateText}, {@code Rendering}) and keeps it sealed in the transaction of
 * what it is about; {@code MailJob} hands it to the tenant's adapter ({@code SenderBoard}) after
 * the commit, again and again for three days, and forgets its content as soon as it is gone. The
 * law: nothing leaves whose purpose the tenant does not list.
 */
@NullMarked
package org.tonekeep.mail.internal;

import org.jspecify.annotations.NullMarked;
