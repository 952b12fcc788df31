// Temporary: keeps a module without sources buildable.
