/** The words of this concern. @module analysis/messages */
export default {
  en: {
    loudness: 'Loudness',
    integrated: 'Integrated loudness',
    truePeak: 'True peak',
    range: 'Loudness range',
    silent: 'This track is silent.',
    scale: 'Integrated loudness on a scale from −36 to 0 LUFS; streaming services play at about −14 LUFS',
    reference: '−14 streaming',
    louder: '{delta} LU above what streaming services play at: they will turn it down.',
    quieter: '{delta} LU below what streaming services play at.',
    even: 'Right where streaming services play.',
    peakOver: 'Above 0 dBTP: it clips when played or encoded.',
    peakClose: 'Above −1 dBTP: encoding to MP3 or AAC may clip.',
    peakFine: 'Enough headroom for encoding.',
    analysis: 'Analysis',
    again: 'Analyse again',
    againHint: 'It may have been stopped on its way. The file stays as it is.',
    lufs: '{value} LUFS',
    dbtp: '{value} dBTP',
    lu: '{value} LU',
  },
};
