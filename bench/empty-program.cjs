/** Registers nothing: what the engine itself costs. */
