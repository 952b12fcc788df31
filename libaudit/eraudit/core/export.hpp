#pragma once
// Marks what the shared library shows. Everything else is hidden.

#if defined(_WIN32)
#if defined(ERAUDIT_BUILDING)
#define ERAUDIT_API __declspec(dllexport)
#else
#define ERAUDIT_API
#endif
#else
#define ERAUDIT_API __attribute__((visibility("default")))
#endif
