// the core entry
export default function register() {}
