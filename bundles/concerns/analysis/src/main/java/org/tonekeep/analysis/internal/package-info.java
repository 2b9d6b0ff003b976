/**
 * Measures every uploaded track. {@link org.tonekeep.analysis.internal.AnalysisJob} reads the
 * original from the vault, has it decoded once and hands the samples to {@link
 * org.tonekeep.analysis.internal.TrackMeasurement}, which feeds the analysers side by side; what
 * they found is written with the end of the job in one transaction.
 *
 * <p>Law: one streaming pass, memory that does not grow with the track (but for eight bytes per
 * tenth of a second of loudness), and no number without a source.
 */
@NullMarked
package org.tonekeep.analysis.internal;

import org.jspecify.annotations.NullMarked;
