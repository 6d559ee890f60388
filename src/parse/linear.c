#include "parse/linear.h"

#include "parse/packed.h"

#include <omp.h>
#include <oneapi/dnnl/dnnl.h>

int ds_linear_single(void) {
  int before = omp_get_max_threads();
  omp_set_num_threads(1);
  return before;
}

void ds_linear_restore(int threads) {
  omp_set_num_threads(threads);
}

dossier_status ds_linear_product(const ds_linear *linear, const uint8_t *q, size_t rows, int32_t *acc,
                                 dossier_error *err) {
  if (rows == 0 || linear->out == 0) return DOSSIER_OK;
  if (linear->packed) {
    ds_packed_product(linear, q, rows, acc);
    return DOSSIER_OK;
  }
  dnnl_dim_t m = (dnnl_dim_t)rows, n = (dnnl_dim_t)linear->out, k = (dnnl_dim_t)linear->in;
  int32_t offset = 0;
  dnnl_status_t status =
      dnnl_gemm_u8s8s32('N', 'T', 'F', m, n, k, 1.0f, q, k, 0, linear->weight, k, 0, 0.0f, acc, n, &offset);
  if (status == dnnl_success) return DOSSIER_OK;
  if (status == dnnl_out_of_memory) return ds_fail_memory(err);
  return ds_fail(err, DOSSIER_SYSTEM, "oneDNN cannot multiply %zu x %zu by %zu (its status is %d)", rows, linear->in,
                 linear->out, (int)status);
}
