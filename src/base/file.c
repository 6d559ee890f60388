#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/vec.h"

/* An error about a path, with the system's reason. Paths that are wrong are the user's to mend, the rest is the machine. */
static dossier_status fail_errno(dossier_error *err, int reason, const char *path, const char *what) {
  bool by_path = reason == ENOENT || reason == EACCES || reason == EPERM || reason == EISDIR || reason == ENOTDIR ||
                 reason == ENAMETOOLONG || reason == ELOOP || reason == EROFS;
  char text[128];
  return ds_fail_at(err, by_path ? DOSSIER_INPUT : DOSSIER_SYSTEM, path, 0, -1, "%s: %s", what,
                    strerror_r(reason, text, sizeof text));
}

static int open_retry(const char *path, int flags, mode_t mode) {
  int fd;
  do fd = open(path, flags | O_CLOEXEC, mode);
  while (fd < 0 && errno == EINTR);
  return fd;
}

static dossier_status read_all(int fd, const char *path, ds_buf *out, dossier_error *err) {
  char chunk[1 << 16];
  ds_buf_append(out, DS_STR(""));
  for (;;) {
    ssize_t got = read(fd, chunk, sizeof chunk);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail_errno(err, errno, path, "cannot read");
    ds_buf_append(out, (ds_str){chunk, (size_t)got});
    if (out->failed) return ds_fail_memory(err);
    if (!got) return DOSSIER_OK;
  }
}

dossier_status ds_file_read(const char *path, ds_buf *out, dossier_error *err) {
  if (strcmp(path, "-") == 0) return read_all(STDIN_FILENO, "standard input", out, err);
  int fd = open_retry(path, O_RDONLY, 0);
  if (fd < 0) return fail_errno(err, errno, path, "cannot open");
  dossier_status status = read_all(fd, path, out, err);
  close(fd);
  return status;
}

static dossier_status write_all(int fd, const char *path, ds_str data, dossier_error *err) {
  while (data.len) {
    ssize_t done = write(fd, data.ptr, data.len);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return fail_errno(err, errno, path, "cannot write");
    data = ds_str_sub(data, (size_t)done, data.len);
  }
  return DOSSIER_OK;
}

/* Creates or empties the file and writes it; synced where a rename is to follow. */
static dossier_status write_file(const char *path, ds_str data, bool sync, dossier_error *err) {
  int fd = open_retry(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (fd < 0) return fail_errno(err, errno, path, "cannot create");
  dossier_status status = write_all(fd, path, data, err);
  if (status == DOSSIER_OK && sync && fsync(fd) < 0) status = fail_errno(err, errno, path, "cannot write");
  /* Some file systems report a full disk only here. */
  if (close(fd) < 0 && status == DOSSIER_OK) status = fail_errno(err, errno, path, "cannot write");
  return status;
}

dossier_status ds_file_write(const char *path, ds_str data, dossier_error *err) {
  if (strcmp(path, "-") == 0) return write_all(STDOUT_FILENO, "standard output", data, err);
  struct stat info;
  if (stat(path, &info) == 0 && !S_ISREG(info.st_mode)) return write_file(path, data, false, err);
  ds_buf part;
  ds_buf_init(&part);
  ds_buf_printf(&part, "%s.part", path);
  dossier_status status = part.failed ? ds_fail_memory(err) : write_file(part.data, data, true, err);
  if (status == DOSSIER_OK && rename(part.data, path) < 0) status = fail_errno(err, errno, path, "cannot replace");
  if (status != DOSSIER_OK && !part.failed) unlink(part.data);
  ds_buf_release(&part);
  return status;
}

static dossier_status map_fd(ds_file_map *map, int fd, const char *path, dossier_error *err) {
  struct stat info;
  if (fstat(fd, &info) < 0) return fail_errno(err, errno, path, "cannot look at");
  if (!S_ISREG(info.st_mode)) return ds_fail_at(err, DOSSIER_INPUT, path, 0, -1, "not a regular file");
  if ((uintmax_t)info.st_size > SIZE_MAX / 2)
    return ds_fail_at(err, DOSSIER_SYSTEM, path, 0, -1, "too large for this machine");
  if (!info.st_size) return DOSSIER_OK; /* mmap refuses a length of 0 */
  void *at = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (at == MAP_FAILED) return fail_errno(err, errno, path, "cannot map");
  map->data = (ds_str){at, (size_t)info.st_size};
  return DOSSIER_OK;
}

dossier_status ds_file_map_open(ds_file_map *map, const char *path, dossier_error *err) {
  map->data = DS_STR_NONE;
  int fd = open_retry(path, O_RDONLY, 0);
  if (fd < 0) return fail_errno(err, errno, path, "cannot open");
  dossier_status status = map_fd(map, fd, path, err);
  close(fd); /* the mapping outlives it */
  return status;
}

void ds_file_unmap(ds_file_map *map) {
  if (map->data.ptr) munmap((void *)(uintptr_t)map->data.ptr, map->data.len);
  map->data = DS_STR_NONE;
}

bool ds_file_exists(const char *path) {
  struct stat info;
  return stat(path, &info) == 0;
}

bool ds_file_is_folder(const char *path) {
  struct stat info;
  return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static int compare_names(const void *a, const void *b) {
  return ds_str_cmp(*(const ds_str *)a, *(const ds_str *)b);
}

dossier_status ds_folder_list(ds_arena *arena, const char *path, ds_str **names, size_t *count, dossier_error *err) {
  DS_VEC(ds_str) found = {0};
  dossier_status status = DOSSIER_OK;
  DIR *folder = opendir(path);
  if (!folder) return fail_errno(err, errno, path, "cannot open the folder");
  for (;;) {
    errno = 0;
    const struct dirent *entry = readdir(folder);
    if (!entry) {
      if (errno) status = fail_errno(err, errno, path, "cannot read the folder");
      break;
    }
    if (entry->d_name[0] == '.') continue;
    ds_str name = ds_arena_str(arena, ds_str_from(entry->d_name));
    if (!name.ptr || !DS_PUSH(found, name)) {
      status = ds_fail_memory(err);
      break;
    }
  }
  closedir(folder);
  if (status == DOSSIER_OK) {
    ds_str *sorted = DS_NEW_ARRAY(arena, ds_str, found.len);
    if (sorted && found.len) {
      qsort(found.items, found.len, sizeof *found.items, compare_names);
      memcpy(sorted, found.items, found.len * sizeof *sorted);
    }
    if (!sorted) {
      status = ds_fail_memory(err);
    } else {
      *names = sorted;
      *count = found.len;
    }
  }
  DS_VEC_RELEASE(found);
  return status;
}

ds_str ds_path_join(ds_arena *arena, ds_str folder, ds_str name) {
  if (!folder.len || ds_str_starts(name, DS_STR("/"))) return ds_arena_str(arena, name);
  size_t slash = folder.ptr[folder.len - 1] != '/';
  if (name.len > SIZE_MAX / 2 || folder.len > SIZE_MAX / 2 - 2) return DS_STR_NONE;
  size_t len = folder.len + slash + name.len;
  char *path = ds_arena_alloc(arena, len + 1);
  if (!path) return DS_STR_NONE;
  memcpy(path, folder.ptr, folder.len);
  if (slash) path[folder.len] = '/';
  if (name.len) memcpy(path + folder.len + slash, name.ptr, name.len);
  return (ds_str){path, len};
}

dossier_status ds_data_path(ds_arena *arena, const char *data_dir, const char *name, ds_str *path, dossier_error *err) {
  const char *places[] = {data_dir, getenv("DOSSIER_DATA"), DS_SOURCE_DIR, DS_INSTALL_DIR};
  ds_buf tried;
  ds_buf_init(&tried);
  dossier_status status = DOSSIER_INPUT;
  for (size_t i = 0; i < sizeof places / sizeof *places && status == DOSSIER_INPUT; i++) {
    if (!places[i] || !*places[i]) continue;
    ds_str candidate = ds_path_join(arena, ds_str_from(places[i]), ds_str_from(name));
    if (!candidate.ptr) {
      status = ds_fail_memory(err);
    } else if (ds_file_exists(candidate.ptr)) {
      *path = candidate;
      status = DOSSIER_OK;
    } else {
      ds_buf_printf(&tried, "%s%s", tried.len ? ", " : "", places[i]);
    }
  }
  if (status == DOSSIER_INPUT)
    ds_fail_at(err, status, name, 0, -1, "data file not found in %s; set DOSSIER_DATA to the folder that holds it",
               tried.data && !tried.failed ? tried.data : "any place");
  ds_buf_release(&tried);
  return status;
}
